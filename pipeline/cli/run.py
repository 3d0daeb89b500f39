"""``dateline run``."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.shared import FAILED, INTERRUPTED, ConfigOption, KindOption, SetOption, SourceArgument, load, talk
from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from pipeline.batch import Progress


class Engine(StrEnum):
    """Where workers run."""

    local = "local"
    ray = "ray"


class _Meter:
    """How far a run is: a progress bar with articles per second, failures and time left, on a terminal."""

    def __init__(self, *, shown: bool, total: int | None) -> None:
        from tqdm import tqdm

        self.done = 0
        self._total = total
        self._bar = tqdm(unit=" articles", dynamic_ncols=True, leave=False, disable=not shown, total=total)

    def __call__(self, progress: Progress) -> None:
        bar = self._bar
        if not self.done and progress.resumed:
            bar.initial = bar.n = progress.resumed  # what was done before says nothing about the speed
        if progress.share and not self._total:
            bar.total = max(progress.done, round(progress.done / progress.share))
        if progress.failures:
            bar.set_postfix(failed=progress.failures, refresh=False)
        bar.update(progress.done - (self.done or progress.resumed))
        self.done = progress.done

    def close(self) -> None:
        self._bar.close()


@contextmanager
def _logging(*, verbose: bool) -> Iterator[None]:
    """What the library logs about each article, on stderr, if that was asked for."""
    logger = logging.getLogger("pipeline")
    handler = logging.StreamHandler(sys.stderr)
    logger.addHandler(handler)
    before, logger.level = logger.level, logging.INFO if verbose else logging.CRITICAL
    try:
        yield
    finally:
        logger.setLevel(before)
        logger.removeHandler(handler)


def run(
    source: SourceArgument,
    out: Annotated[str, typer.Option("--out", "-o", metavar="FOLDER", help="The run folder to write.")],
    config: ConfigOption = None,
    overrides: SetOption = None,
    kind: KindOption = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT,...",
            help="Write as well: parquet, duckdb, sqlite, acled or ucdp, several with commas.",
        ),
    ] = None,
    workers: Annotated[
        str | None,
        typer.Option(
            "--workers", "-w", metavar="N|auto", help="Processes that work on the articles. Default: 1; with ray: auto."
        ),
    ] = None,
    engine: Annotated[
        Engine, typer.Option("--engine", help="Where the workers run: on this machine, or on a Ray cluster.")
    ] = Engine.local,
    address: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="The Ray cluster, as HOST:6379. Default: one started here.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after this many articles.")] = None,
    sample: Annotated[int | None, typer.Option(min=1, help="Take so many articles, the same ones each time.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Take articles published on this day or later.")
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Replace the results of another run, or of an unfinished one.")
    ] = False,
    link: Annotated[
        bool, typer.Option("--link", help="Find which events are one incident as well: incidents.jsonl.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log each article with what was found.")] = False,
) -> None:
    """Turn articles into records, tables and a map. A run that was stopped goes on when it is given again.

    \b
    dateline run articles/ -o outputs/march --workers auto
    dateline run s3://bucket/wire.jsonl -o s3://bucket/run
    dateline run wire.jsonl -o outputs/wire --set stages.places.min_score=0.8
    dateline run archive/ -o outputs/all --engine ray --address head-node:6379
    dateline run articles/ -o outputs/week --link
    dateline run archive/ -o outputs/try --since 2020-01-01 --sample 200 -v
    dateline run articles/ -o outputs/march --format parquet,acled
    cat article.txt | dateline run - -o outputs/one
    """
    if address is not None and engine != Engine.ray:
        raise typer.BadParameter("an address is for --engine ray", param_hint="--address")
    settings = load(config, overrides)
    from pipeline import show
    from pipeline.batch import run as run_batch
    from pipeline.exports.files import check_exports, export
    from pipeline.remote import is_remote

    exports = check_exports(name.strip() for names in formats or () for name in names.split(",") if name.strip())
    if exports and is_remote(out):
        raise ConfigError(
            f"--format writes into run folders of this machine; {out} is elsewhere: copy the run here first"
        )
    chosen = [number for number in (limit, sample) if number is not None]
    meter = _Meter(shown=sys.stderr.isatty() and not verbose, total=min(chosen, default=None))
    try:
        with closing(meter), _logging(verbose=verbose):
            summary = run_batch(
                settings,
                source,
                out,
                kind=kind,
                workers=_workers(workers, engine),
                engine=engine.value,
                address=address,
                limit=limit,
                sample=sample,
                since=since,
                fresh=fresh,
                link=link,
                progress=meter,
            )
    except KeyboardInterrupt:
        again = (
            f"the same command goes on behind the {meter.done:,} articles that are done" + " (without --fresh)" * fresh
        )
        talk(f"interrupted; {again if meter.done else 'nothing was done yet'}. {out} shows nothing of this run yet.")
        raise typer.Exit(INTERRUPTED) from None
    if summary.events:
        typer.echo(show.events(summary.events))
    talk(show.run_summary(summary))
    for name in exports:
        talk(export(Path(out), name).told())
    if summary.failures:
        raise typer.Exit(FAILED)


def _workers(asked: str | None, engine: Engine) -> int | None:
    if asked == "auto" or (asked is None and engine == Engine.ray):
        return None
    if asked is None:
        return 1
    if asked.isdecimal() and int(asked) > 0:
        return int(asked)
    raise typer.BadParameter(f"{asked!r} is neither a number from 1 nor 'auto'", param_hint="--workers")
