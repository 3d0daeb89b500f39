"""The pipeline against gold: figures per stage and slot, every mistake with its words, and the gate.

Begin with :func:`evaluate`. What a command needs::

    evaluation = evaluate(config, corpus)                    # or evaluate_records(records_jsonl, corpus)
    floors = read_floors(corpus)                             # None where nothing is pinned yet
    evaluation.table()                                       # stdout; or json.dumps(evaluation.as_json())
    evaluation.error_list()                                  # for --errors
    for problem in check_floors(evaluation, floors): ...     # --gate: any problem is exit code 1
    pin_floors(evaluation, corpus, allow_lower=False)        # --pin, with --allow-lower

Floors stand in ``floors.json`` in the corpus folder, beside the hash of the gold that they were measured on
(:mod:`pipeline.floors`). Articles named there have a row of their own beside the whole corpus.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import facts
from pipeline.articles import RawArticle
from pipeline.assemble import to_record
from pipeline.build import build_nlp, make_doc
from pipeline.config import Config
from pipeline.errors import InputError
from pipeline.floors import ALL, check_floors, pin_floors, read_floors
from pipeline.gold import GoldArticle, gold_hash, load_gold
from pipeline.metrics import Sheet, Tally
from pipeline.records import DateValue, Record
from pipeline.scoring import score_article
from pipeline.stages import STAGES

__all__ = [
    "Evaluation",
    "Scope",
    "check_floors",
    "evaluate",
    "evaluate_records",
    "pin_floors",
    "read_floors",
]


_NAME, _BLOCK = 20, 26  # widths of the table's columns


@dataclass(frozen=True, slots=True)
class Scope:
    """Summed figures of some articles; ``distances``: km between gold and resolved place, mention by mention."""

    articles: int
    tallies: dict[str, Tally]
    distances: list[float]

    @property
    def median_km(self) -> float | None:
        return statistics.median(self.distances) if self.distances else None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Score sheets by article. ``own``: the articles with a row of their own; ``failures``: which failed, and why.

    ``golds`` and ``records`` are what was compared; an article that failed has no record.
    """

    gold: str
    sheets: dict[str, Sheet]
    own: tuple[str, ...] = ()
    failures: dict[str, str] = field(default_factory=dict)
    golds: tuple[GoldArticle, ...] = ()
    records: dict[str, Record] = field(default_factory=dict)

    def scope(self, name: str = ALL) -> Scope:
        """The figures of one article, or of all."""
        sheets = list(self.sheets.values()) if name == ALL else [self.sheets[name]]
        tallies: dict[str, Tally] = {}
        for sheet in sheets:
            for figure, tally in sheet.tallies.items():
                tallies[figure] = tallies.get(figure, Tally()) + tally
        order = sorted(tallies, key=lambda figure: list(STAGES).index(figure.partition(".")[0]))
        distances = [km for sheet in sheets for km in sheet.distances]
        return Scope(len(sheets), {figure: tallies[figure] for figure in order}, distances)

    def scopes(self) -> dict[str, Scope]:
        """All articles together, then each article with a row of its own."""
        return {name: self.scope(name) for name in (ALL, *(name for name in self.own if name in self.sheets))}

    def f1(self) -> dict[str, dict[str, float]]:
        """F1 by scope and figure, rounded to four digits; figures without gold or prediction are left out."""
        return {
            name: {figure: round(f1, 4) for figure, tally in scope.tallies.items() if (f1 := tally.f1) is not None}
            for name, scope in self.scopes().items()
        }

    def table(self) -> str:
        """Number in gold, precision, recall and F1 per figure, side by side for each scope."""
        scopes = self.scopes()
        rows = [f"{'':<{_NAME}}" + "".join(f"  {name[:_BLOCK]:^{_BLOCK}}" for name in scopes)]
        rows.append(f"{'figure':<{_NAME}}" + f"  {'gold':>5} {'P':>6} {'R':>6} {'F1':>6}" * len(scopes))
        for figure in scopes[ALL].tallies:
            cells = (_cells(scope.tallies.get(figure, Tally())) for scope in scopes.values())
            rows.append(f"{figure:<{_NAME}}" + "".join(cells))
        medians = ("-" if scope.median_km is None else f"{scope.median_km:.1f}" for scope in scopes.values())
        rows.append(f"{'places.median_km':<{_NAME}}" + "".join(f"  {median:>{_BLOCK}}" for median in medians))
        rows.append(f"{len(self.sheets)} article(s), gold {self.gold[:12]}")
        rows += [f"failed: {id_}: {why}" for id_, why in self.failures.items()]
        return "\n".join(row.rstrip() for row in rows)

    def error_list(self) -> str:
        """Every miss, false alarm and wrong value with the text around it, by article and stage."""
        return "\n".join(str(mistake) for sheet in self.sheets.values() for mistake in sheet.mistakes)

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {
            "gold": self.gold,
            "scopes": {
                name: {
                    "articles": scope.articles,
                    "median_km": scope.median_km,
                    "figures": {figure: _plain(tally) for figure, tally in scope.tallies.items()},
                }
                for name, scope in self.scopes().items()
            },
            "failures": self.failures,
            "mistakes": [
                {name: getattr(mistake, name) for name in mistake.__dataclass_fields__}
                for sheet in self.sheets.values()
                for mistake in sheet.mistakes
            ],
        }


def _cells(tally: Tally) -> str:
    values = ("-" if value is None else f"{value:.3f}" for value in (tally.precision, tally.recall, tally.f1))
    return f"  {tally.tp + tally.fn:>5} " + " ".join(f"{value:>6}" for value in values)


def _plain(tally: Tally) -> dict[str, float | int | None]:
    values = {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
    return {"tp": tally.tp, "fp": tally.fp, "fn": tally.fn, **values}


def evaluate(config: Config, corpus: Path, *, own: Sequence[str] | None = None) -> Evaluation:
    """Run the configured pipeline over the articles of a gold corpus and score every stage that is on.

    Args:
        own: articles with a row of their own; by default those that have floors pinned.

    Raises:
        GoldError: the gold does not fit its articles.
        ConfigError, ResourceError: the pipeline cannot be built.
    """
    golds = load_gold(corpus)
    nlp = build_nlp(config)
    records: dict[str, Record] = {}
    dates: dict[str, list[DateValue]] = {}
    failures: dict[str, str] = {}
    for gold in golds:
        raw = RawArticle(gold.id, gold.text, title=gold.article.title, published=gold.article.published)
        try:
            doc = nlp(make_doc(nlp, raw))
            records[gold.id] = to_record(doc)
        except Exception as error:  # noqa: BLE001  # whatever it is, it concerns this article alone, and closes the gate
            failures[gold.id] = f"{type(error).__name__}: {error}"
        else:
            dates[gold.id] = facts.dates(doc)
    return _evaluation(golds, records, corpus, own=own, dates=dates, failures=failures, stages=config.enabled())


def evaluate_records(records: Path, corpus: Path, *, own: Sequence[str] | None = None) -> Evaluation:
    """Score a ``records.jsonl`` that an earlier run wrote; records and gold meet by the hash of the text.

    An article without a record counts as failed. Records keep no dates but those of events, so ``dates`` is not judged.

    Raises:
        GoldError: the gold does not fit its articles.
        InputError: the file cannot be read as records.
    """
    golds = load_gold(corpus)
    try:
        lines = records.read_text("utf-8").split("\n")  # other line ends can stand inside a text
        read = [Record.model_validate_json(line) for line in lines if line.strip()]
    except OSError as error:
        raise InputError("unreadable", f"cannot read the records {records}: {error.strerror}") from error
    except ValueError as error:
        raise InputError("bad_json", f"{records} does not hold records of this version: {error}") from error
    by_text = {record.article.sha256: record for record in read}
    found = {gold.id: by_text[gold.article.sha256] for gold in golds if gold.article.sha256 in by_text}
    failures = {gold.id: f"no record of its text in {records}" for gold in golds if gold.id not in found}
    return _evaluation(golds, found, corpus, own=own, dates={}, failures=failures, stages=STAGES)


def _evaluation(
    golds: Sequence[GoldArticle],
    records: dict[str, Record],
    corpus: Path,
    *,
    own: Sequence[str] | None,
    dates: dict[str, list[DateValue]],
    failures: dict[str, str],
    stages: Iterable[str],
) -> Evaluation:
    if own is None:
        floors = read_floors(corpus)
        own = floors.own if floors else ()
    sheets = {}
    for gold in golds:
        record = records.get(gold.id, Record(article=gold.article))
        failed = gold.id in failures and dates
        sheets[gold.id] = score_article(gold, record, dates=[] if failed else dates.get(gold.id), stages=stages)
    return Evaluation(
        gold=gold_hash(corpus),
        sheets=sheets,
        own=tuple(own),
        failures=failures,
        golds=tuple(golds),
        records=records,
    )
