"""``dateline convert``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.shared import FAILED, talk


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
    """
    from pipeline.convert.files import convert as turn

    report = turn(source, out, to=to, from_=from_, articles=articles)
    for line in (*report.left_out, *report.failures):
        talk(line)
    talk(f"{report.written} article{'s' if report.written != 1 else ''} written to {out}")
    if report.failures:
        talk(f"{len(report.failures)} left out: their annotation does not fit the guide")
        raise typer.Exit(FAILED)
