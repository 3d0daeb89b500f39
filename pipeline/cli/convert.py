"""``dateline convert``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.shared import FAILED, talk
from pipeline.errors import ConfigError, nearest


def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A run folder, a corpus, or what a tool exported.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file or folder to write.")],
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help="What to write.")],
    from_: Annotated[
        str | None, typer.Option("--from", metavar="FORMAT", help="What IN is, where its name does not tell.")
    ] = None,
    articles: Annotated[
        str | None, typer.Option(metavar="INPUT", help="The articles that were analysed, where the run has no texts.")
    ] = None,
    per: Annotated[
        str | None,
        typer.Option(metavar="event|incident", help="What a row of acled and ucdp is. Default: incident, once linked."),
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option(help="Events of acled and ucdp: asserted (default), negated, hypothetical.")
    ] = None,
) -> None:
    """Turn a run or gold into what other programs read, and annotations back into gold.

    \b
    dateline convert outputs/march -o march.json --to labelstudio
    dateline convert export.json -o ourgold --to gold --from labelstudio
    dateline evaluate ourgold
    dateline convert outputs/march -o march-acled.csv --to acled

    \b
    Formats, both ways:
      records      run folder: records.jsonl, articles.jsonl
      gold         corpus that `dateline evaluate` takes
      brat         folder of .txt, .ann and the tool's configuration
      labelstudio  JSON tasks, with labelling.xml beside them
      prodigy      JSONL with spans and relations
      spacy        DocBin; entities in doc.ents, all in doc.spans
      conll        CoNLL-U Plus, BIO in a column for each layer

    \b
    Formats to load a run elsewhere, one way:
      parquet      a folder with a file for each table
      duckdb       a database of the tables
      sqlite       the same
      acled        CSV with ACLED's columns
      ucdp         CSV with the columns of UCDP's GED
    """
    from pipeline.convert.files import FORMATS
    from pipeline.convert.files import convert as turn
    from pipeline.exports.files import EXPORTS

    if to in EXPORTS:
        _export(source, out, to, from_=from_, articles=articles, per=per, status=status)
        return
    if to not in FORMATS:
        every = [*FORMATS, *EXPORTS]
        raise ConfigError(f"no format {to!r}.{nearest(to, every)} Formats: {', '.join(every)}")
    if per or status:
        raise ConfigError(f"--per and --status are for acled and ucdp, not for {to!r}")
    report = turn(source, out, to=to, from_=from_, articles=articles)
    for line in (*report.left_out, *report.failures):
        talk(line)
    talk(f"{report.written} article{'s' if report.written != 1 else ''} written to {out}")
    if report.failures:
        talk(f"{len(report.failures)} left out: their annotation does not fit the guide")
        raise typer.Exit(FAILED)


def _export(
    source: Path,
    out: Path,
    to: str,
    *,
    from_: str | None,
    articles: str | None,
    per: str | None,
    status: list[str] | None,
) -> None:
    from pipeline.convert.files import detect, format_of
    from pipeline.exports.files import export

    given = format_of(from_ or detect(source)).name
    if given != "records":
        raise ConfigError(
            f"{to} is made of a run, and {source} is {given}; first: dateline convert {source} -o RUN --to records"
        )
    # export() says which values there are
    statuses: Any = tuple(status or ("asserted",))
    unit: Any = per
    talk(export(source, to, out, unit=unit, statuses=statuses, articles=articles).told())
