"""Speed: ``python -m benchmarks.speed [PATH] [--repeat 5] [--copies 20]``.

Paired runs in one process over the same texts: the spaCy pipeline alone, with all of its components, then Dateline,
and so on in turn, so that a machine that slows down slows both. Medians are printed, then the time of each component of
Dateline. Set-up (model and gazetteer) is timed apart and once.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import facts
from pipeline.analyse import analyse_batch
from pipeline.articles import RawArticle
from pipeline.build import build_nlp, make_doc
from pipeline.config import load_config
from pipeline.extract import extract
from pipeline.io import read_articles


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare(nlp: Language, articles: Sequence[RawArticle], batch_size: int) -> None:
    """SpaCy alone over the texts."""
    with nlp.memory_zone():
        for _ in nlp.pipe((article.text for article in articles), batch_size=batch_size):
            pass


def whole(nlp: Language, articles: Sequence[RawArticle], batch_size: int) -> None:
    """Texts to records, batch by batch, as a run does."""
    for start in range(0, len(articles), batch_size):
        analyse_batch(nlp, articles[start : start + batch_size])


def by_component(nlp: Language, articles: Sequence[RawArticle]) -> dict[str, float]:
    """Seconds per component, one text at a time."""
    seconds = dict.fromkeys(("tokenizer", *nlp.pipe_names, "extract"), 0.0)

    def clock(name: str, work: Callable[[], Doc]) -> Doc:
        start = time.perf_counter()
        doc = work()
        seconds[name] += time.perf_counter() - start
        return doc

    with nlp.memory_zone():
        for article in articles:
            doc = clock("tokenizer", lambda article=article: make_doc(nlp, article))  # type: ignore[misc]
            for name, component in nlp.pipeline:
                doc = clock(name, lambda component=component, doc=doc: component(doc))  # type: ignore[misc]
            seconds["extract"] += timed(lambda doc=doc: extract(doc, facts.text(doc)))  # type: ignore[misc]
    return seconds


def main(argv: list[str] | None = None) -> int:
    """Time both pipelines in turn, then each component."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", nargs="?", type=Path, default=Path("corpus/articles"), help="articles to time")
    parser.add_argument("--repeat", type=int, default=5, help="paired runs")
    parser.add_argument("--copies", type=int, default=10, help="times that each article is taken, to fill batches")
    parser.add_argument("--config", type=Path)
    options = parser.parse_args(argv)

    config = load_config(options.config)
    read = [article for article in read_articles(options.path) if isinstance(article, RawArticle)]
    if not read:
        print(f"no articles in {options.path}", file=sys.stderr)
        return 2
    articles = read * options.copies
    size = config.run.batch_size
    chars = sum(len(article.text) for article in articles)

    start = time.perf_counter()
    dateline = build_nlp(config)
    built = time.perf_counter() - start
    alone = spacy.load(config.model)
    bare(alone, read, size)
    whole(dateline, read, size)

    pairs = [
        (timed(lambda: bare(alone, articles, size)), timed(lambda: whole(dateline, articles, size)))
        for _ in range(options.repeat)
    ]
    ratios = [ours / theirs for theirs, ours in pairs]
    print(f"{len(articles)} articles, {chars} characters, {options.repeat} paired runs, one process; medians")
    for name, seconds in (("spaCy alone", [p[0] for p in pairs]), ("Dateline", [p[1] for p in pairs])):
        median = statistics.median(seconds)
        rates = f"{len(articles) / median:8.1f} articles/s  {chars / median / 1000:8.1f} thousand characters/s"
        print(f"{name:<12} {median:7.2f} s  {rates}")
    print(f"ratio        {statistics.median(ratios):7.2f}  ({min(ratios):.2f} to {max(ratios):.2f})")
    print(f"set-up       {built:7.2f} s")
    seconds_of = by_component(dateline, articles)
    total = sum(seconds_of.values())
    for name, spent in seconds_of.items():
        print(f"  {name:<22} {1000 * spent / len(articles):7.2f} ms/article  {spent / total:6.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
