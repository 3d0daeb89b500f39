"""Speed: ``python -m benchmarks.speed [PATH] [--repeat 5] [--copies 20]``.

Paired runs in one process over the same texts: the spaCy pipeline alone, with all of its components; the same with the
baselines of ``benchmarks/baselines.py``; then Dateline, and so on in turn, so that a machine that slows down slows all.
Medians are printed, then the time of each component of Dateline. Set-up (model and gazetteer) is timed apart and once.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.baselines import regex_rows, spacy_rows
from benchmarks.datasets import Row
from pipeline.analyse import extract_batch
from pipeline.articles import RawArticle
from pipeline.assemble import to_record
from pipeline.build import build_nlp, make_doc
from pipeline.config import Config, load_config
from pipeline.gazetteer import Gazetteer, open_gazetteer
from pipeline.io import read_articles


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time: those of the clock where nothing else runs, and the same where something does."""
    start = time.process_time()
    work()
    return time.process_time() - start


def bare(nlp: Language, articles: Sequence[RawArticle], batch_size: int) -> None:
    """SpaCy alone over the texts."""
    with nlp.memory_zone():
        for _ in nlp.pipe((article.text for article in articles), batch_size=batch_size):
            pass


def assembled(nlp: Language, gazetteer: Gazetteer, articles: Sequence[RawArticle], batch_size: int) -> None:
    """What one would put together in an afternoon: spaCy's names, the most populous place of each, two expressions."""
    for start in range(0, len(articles), batch_size):
        batch = articles[start : start + batch_size]
        rows = [Row(f"{start}-{n}", article.text, None, "", {}) for n, article in enumerate(batch)]
        with nlp.memory_zone():
            spacy_rows(nlp, gazetteer, rows)
        regex_rows(rows)


def whole(nlp: Language, articles: Sequence[RawArticle], batch_size: int) -> None:
    """Texts to records, batch by batch, as a run does."""
    for start in range(0, len(articles), batch_size):
        extract_batch(nlp, articles[start : start + batch_size])


def by_component(nlp: Language, articles: Sequence[RawArticle]) -> dict[str, float]:
    """Seconds per component, one text at a time."""
    seconds = dict.fromkeys(("tokenizer", *nlp.pipe_names, "extract"), 0.0)

    def clock(name: str, work: Callable[[], Doc]) -> Doc:
        start = time.process_time()
        doc = work()
        seconds[name] += time.process_time() - start
        return doc

    with nlp.memory_zone():
        for article in articles:
            doc = clock("tokenizer", lambda article=article: make_doc(nlp, article))  # type: ignore[misc]
            for name, component in nlp.pipeline:
                doc = clock(name, lambda component=component, doc=doc: component(doc))  # type: ignore[misc]
            seconds["extract"] += timed(lambda doc=doc: to_record(doc))  # type: ignore[misc]
    return seconds


@dataclass(frozen=True)
class Measured:
    """Seconds of each system in each of the paired runs, of the set-up, and of each component over all articles."""

    runs: dict[str, list[float]]
    set_up: float
    components: dict[str, float]

    def median(self, system: str) -> float:
        """The median of a system's runs."""
        return statistics.median(self.runs[system])

    def ratios(self, system: str) -> list[float]:
        """Dateline's time by that of a system, run by run."""
        return [ours / theirs for ours, theirs in zip(self.runs["Dateline"], self.runs[system], strict=True)]


def measure(config: Config, read: Sequence[RawArticle], *, copies: int, repeat: int) -> Measured:
    """Time the systems in turn over the same articles."""
    articles, size = list(read) * copies, config.run.batch_size
    begun = time.perf_counter()
    dateline = build_nlp(config)
    set_up = time.perf_counter() - begun
    alone, gazetteer = spacy.load(config.model), open_gazetteer(config.gazetteer.path)
    systems: dict[str, Callable[[Sequence[RawArticle]], None]] = {
        "spaCy alone": lambda given: bare(alone, given, size),
        "spaCy, most populous place, two expressions": lambda given: assembled(alone, gazetteer, given, size),
        "Dateline": lambda given: whole(dateline, given, size),
    }
    for work in systems.values():
        work(read)
    runs: dict[str, list[float]] = {name: [] for name in systems}
    for _ in range(repeat):
        for name, work in systems.items():
            runs[name].append(timed(lambda work=work: work(articles)))  # type: ignore[misc]
    return Measured(runs, set_up, by_component(dateline, articles))


def main(argv: list[str] | None = None) -> int:
    """Time the systems in turn, then each component."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", nargs="?", type=Path, default=Path("corpus/articles"), help="articles to time")
    parser.add_argument("--repeat", type=int, default=5, help="paired runs")
    parser.add_argument("--copies", type=int, default=10, help="times that each article is taken, to fill batches")
    parser.add_argument("--config", type=Path)
    options = parser.parse_args(argv)

    read = [article for article in read_articles(options.path) if isinstance(article, RawArticle)]
    if not read:
        print(f"no articles in {options.path}", file=sys.stderr)
        return 2
    number = len(read) * options.copies
    chars = options.copies * sum(len(article.text) for article in read)
    found = measure(load_config(options.config), read, copies=options.copies, repeat=options.repeat)
    print(f"{number} articles, {chars} characters, {options.repeat} paired runs, one process; medians")
    for name in found.runs:
        seconds, ratios = found.median(name), found.ratios(name)
        rates = f"{number / seconds:8.1f} articles/s  {chars / seconds / 1000:8.1f} thousand characters/s"
        ratio = f"Dateline takes {statistics.median(ratios):.2f} times as long ({min(ratios):.2f} to {max(ratios):.2f})"
        print(f"{name:<45} {seconds:7.2f} s  {rates}  {ratio if name != 'Dateline' else ''}".rstrip())
    print(f"set-up {found.set_up:.2f} s")
    total = sum(found.components.values())
    for name, spent in found.components.items():
        print(f"  {name:<22} {1000 * spent / number:7.2f} ms/article  {spent / total:6.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
