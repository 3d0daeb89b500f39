"""A batch: articles in, a run folder out, the same bytes for any number of workers and of interruptions.

Articles are cut into batches in the order of the input, by number and length alone. One process or several work on the
batches; results are written in the order of the input. A run that ended early goes on behind the batches that it has
done, after a look whether their inputs are still the same.
"""

from __future__ import annotations

import csv
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import groupby, zip_longest
from operator import itemgetter
from pathlib import Path
from typing import Literal

from pipeline.articles import Failure, RawArticle
from pipeline.build import build_nlp
from pipeline.config import Config
from pipeline.errors import ConfigError, InputError
from pipeline.io import Meter, read_articles
from pipeline.journal import fingerprint
from pipeline.link.files import link_folder
from pipeline.manifest import describe
from pipeline.output import RunFolder
from pipeline.pool import Done, Item, in_process, in_workers, processors
from pipeline.ray_engine import on_ray
from pipeline.remote import RemotePath, place
from pipeline.selection import Selection
from pipeline.tables import Row

SHOWN_EVENTS = 20
Engine = Literal["local", "ray"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: inputs that are done, those of them that an earlier process did, failures among them.

    ``share`` is the part of the input that was read, from 0 to 1, ``None`` where its size cannot be known.
    """

    done: int
    resumed: int
    failures: int
    share: float | None


@dataclass
class RunSummary:
    """What a run found. ``events`` are the rows of the first few events as in the table, main events first.

    ``resumed`` is the number of articles that an earlier process had done already; ``incidents`` is ``None`` where the
    run was not linked, and ``joined`` counts those of several articles.
    """

    out: Path | RemotePath
    articles: int = 0
    records: int = 0
    failures: int = 0
    found: int = 0
    resumed: int = 0
    incidents: int | None = None
    joined: int = 0
    seconds: float = 0.0
    reasons: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)
    events: list[Row] = field(default_factory=list)


def run(
    config: Config,
    source: Path | str,
    out: Path | str,
    *,
    kind: str | None = None,
    workers: int | None = 1,
    engine: Engine = "local",
    address: str | None = None,
    limit: int | None = None,
    sample: int | None = None,
    since: str | None = None,
    fresh: bool = False,
    link: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> RunSummary:
    """Analyse every article of ``source`` and write the run folder ``out``.

    A run of the same input and settings that ended early is taken up where it stopped.

    Args:
        source: a file, a folder or ``-``; with a scheme (``s3://…``) it is read through fsspec.
        out: a folder. One with a scheme is made ready on this machine (:meth:`pipeline.remote.RemotePath.scratch`),
            where a run that ends early is kept, and published when it is finished, file by file, the manifest last.
        kind: the input format, where names do not tell it.
        workers: processes that work on the articles; ``None``: one for each processor.
        engine: ``ray`` spreads the workers over a Ray cluster (see :mod:`pipeline.ray_engine`).
        address: the Ray cluster's; ``None`` starts one on this machine.
        limit: stop after this many articles.
        sample: take so many articles, the same ones each time.
        since: take articles published on this day (ISO) or later.
        fresh: replace the results of another run, or of an unfinished one.
        link: find which events are one incident when all articles are done; writes ``incidents.jsonl``, and the column
            ``incident_id`` into ``events.csv``.
        progress: is told after each batch how far the run is.

    Raises:
        InputError: ``source`` does not exist, or is gone before the run is over.
        ConfigError: the stages cannot work in this order; ``out`` holds another run, or a part of one, or a part of
            this run and its input has changed since.
        ResourceError: a model or the gazetteer is missing, or ``out`` cannot be written.
    """
    started = time.monotonic()
    selection = Selection(since=since, sample=sample, limit=limit)
    meter = Meter(source)
    max_chars = config.run.max_chars
    target = place(out)

    def read() -> Iterable[Item]:
        return read_articles(
            source, kind=kind, exclude=target, max_chars=max_chars, meter=meter, skipped=selection.skipped
        )

    if str(source) == "-" and sample is not None:
        raise ConfigError("--sample reads the input twice, which standard input cannot be; save it in a file first")
    read()  # a source that does not exist is told before anything is loaded
    chosen = (("kind", kind), *selection.options().items(), ("link", link or None))
    options = {key: value for key, value in chosen if value is not None}
    nlp = build_nlp(config)
    description = describe(config, nlp, source=str(source if str(source) == "-" else place(source)), options=options)
    with RunFolder(target, description, fresh=fresh) as folder:
        items = _until_gone(selection.of(read), source)
        batches = _not_done(_batches(items, config.run.batch_size, config.run.batch_chars), folder)
        if engine == "ray":
            results = on_ray(batches, config, description, address=address, workers=workers)
        elif workers == 1:
            results = in_process(batches, nlp, config)
        else:
            results = in_workers(batches, config, workers or processors())
        last = started
        with closing(results):
            for done in results:
                now = time.monotonic()
                folder.write(done.outcomes, [*map(fingerprint, done.batch)], seconds=now - last, clock=done.seconds)
                last = now
                _tell(done)
                if progress is not None:
                    counts = folder.counts
                    progress(Progress(counts["articles"], folder.resumed, counts["failures"], meter.share()))
        linking = link_folder if link else None
        folder.finish(skipped=selection.skipped, seconds=time.monotonic() - last, link=linking)
    return RunSummary(
        target,
        articles=folder.counts["articles"],
        records=folder.counts["records"],
        failures=folder.counts["failures"],
        found=folder.counts["events"],
        resumed=folder.resumed,
        incidents=folder.counts["incidents"] if link else None,
        joined=folder.counts["incidents_of_several"],
        seconds=time.monotonic() - started,
        reasons=dict(folder.reasons),
        skipped=dict(selection.skipped),
        warnings=dict(folder.warnings),
        events=_first_events(target),
    )


def _tell(done: Done) -> None:
    if not log.isEnabledFor(logging.WARNING):
        return
    for outcome in done.outcomes:
        if isinstance(outcome, Failure):
            stage = f" in {outcome.stage}" if outcome.stage else ""
            log.warning("%s: %s%s: %s", outcome.id, outcome.reason, stage, outcome.message)
        else:
            found = ", ".join(f"{len(rows)} {table}" for table, rows in outcome.rows.items())
            log.info("%s: %s%s", outcome.id, found, "".join(f"; {code}" for code in outcome.warnings))


def _first_events(out: Path | RemotePath) -> list[Row]:
    """The first rows of ``events.csv``, each article's main event first."""
    with TextIOWrapper((out / "events.csv").open("rb"), encoding="utf-8", newline="") as stream:
        rows: list[Row] = []
        of_article = groupby(csv.DictReader(stream), key=itemgetter("article_id"))
        while len(rows) < SHOWN_EVENTS and (group := next(of_article, None)) is not None:
            found = [{key: value or None for key, value in row.items()} for row in group[1]]
            rows += sorted(({**row, "main": row["main"] == "True"} for row in found), key=lambda row: not row["main"])
    return rows[:SHOWN_EVENTS]


def _until_gone(items: Iterable[Item], source: Path | str) -> Iterator[Item]:
    """The items, until one cannot be read because the whole input is not there any more."""
    for item in items:
        if isinstance(item, Failure) and item.reason == "unreadable" and str(source) != "-":
            at = place(source)
            if not at.exists():
                raise InputError(
                    "unreadable",
                    f"{at} was there when the run began and is gone now; what is done is kept: bring it back, and "
                    "the same command goes on from there",
                )
        yield item


def _batches(items: Iterable[Item], size: int, chars: int) -> Iterator[list[Item]]:
    """Lists of up to ``size`` articles or ``chars`` characters, one article at least, with the failures between them.

    The cut depends on the input alone, since the model's figures differ in their last digits from batch to batch.
    """
    batch: list[Item] = []
    room = chars
    for item in items:
        length = len(item.text) if isinstance(item, RawArticle) else 0
        if batch and (len(batch) >= size or length > room):
            yield batch
            batch, room = [], chars
        batch.append(item)
        room -= length
    if batch:
        yield batch


def _not_done(batches: Iterator[list[Item]], folder: RunFolder) -> Iterator[list[Item]]:
    """The batches that no earlier process has done; those that one has are compared with what it was given."""
    number = 0
    for known in folder.done():
        for item, before in zip_longest(next(batches, []), known):
            number += 1
            if item is not None and before is not None and fingerprint(item) == before:
                continue
            what = "there is no such article now" if item is None else f"it is {item.id!r} now"
            raise ConfigError(
                f"{folder.path} holds an unfinished run, and its input has changed since: article {number:,} was "
                f"another, {what}; undo the change, or start over with --fresh"
            )
    for batch in batches:
        if folder.is_complete:
            raise ConfigError(
                f"{folder.path} holds a run that is all but finished, and its input has grown since by "
                f"{batch[0].id!r}; take the new input away, or start over with --fresh"
            )
        yield batch
