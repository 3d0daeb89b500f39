"""Gold for linking: short cases of a few articles each, and which of them tell one incident.

The articles of all cases go through the pipeline and into linking together, so a case is also judged by whether it is
kept apart from all others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from pipeline.analyse import extract_batch
from pipeline.articles import Failure, RawArticle
from pipeline.build import build_nlp
from pipeline.config import Config
from pipeline.errors import GoldError
from pipeline.floors import ALL
from pipeline.link.incidents import Incident
from pipeline.link.link import link
from pipeline.metrics_links import Quality, link_qualities
from pipeline.records import Record

FOLDER = "links"
"""Where a corpus has its cases, and the floors of their figures."""


class _Case(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CaseArticle(_Case):
    """One article of a case; it has no separate title."""

    id: str
    published: date
    source: str
    text: str


class CaseIncident(_Case):
    """Articles whose main event is one incident; ``sources`` where some of them are copies."""

    articles: list[str]
    sources: int | None = None


class LinkCase(_Case):
    """A few articles and their incidents; every article is in one."""

    what: str
    articles: list[CaseArticle]
    incidents: list[CaseIncident]

    @model_validator(mode="after")
    def _complete(self) -> LinkCase:
        told = sorted(article for incident in self.incidents for article in incident.articles)
        if told != sorted(article.id for article in self.articles):
            raise ValueError("every article must be in one incident, and every incident's articles must be there")
        return self


@dataclass(frozen=True, slots=True)
class LinkResult:
    """Incident by article (``case/article``), as it should be and as predicted, and the incidents themselves.

    ``gold`` is the hash of the cases; ``failures``: which articles failed, and why.
    """

    expected: dict[str, str]
    predicted: dict[str, Hashable]
    incidents: list[Incident]
    gold: str = ""
    failures: Mapping[str, str] = field(default_factory=dict)

    def qualities(self) -> dict[str, Quality]:
        """B-cubed, CEAF-e, LEA and pairwise figures over the articles."""
        return link_qualities(self.expected, self.predicted)

    def f1(self) -> dict[str, dict[str, float]]:
        """F1 by scope and figure, rounded to four digits, as floors hold it."""
        figures = {f"links.{name}": quality.f1 for name, quality in self.qualities().items()}
        return {ALL: {name: round(f1, 4) for name, f1 in figures.items() if f1 is not None}}

    def table(self) -> str:
        """Precision, recall and F1 of each figure, and every article that is not where gold has it."""
        rows = [f"{'figure':<20}  {'gold':>5} {'P':>6} {'R':>6} {'F1':>6}"]
        for name, quality in self.qualities().items():
            values = (quality.precision, quality.recall, quality.f1)
            cells = " ".join(f"{'-' if value is None else f'{value:.3f}':>6}" for value in values)
            rows.append(f"{'links.' + name:<20}  {len(self.expected):>5} {cells}")
        number = len(set(self.expected.values()))
        rows.append(f"{len(self.expected)} articles, {number} incidents, gold {self.gold[:12]}")
        rows += [f"failed: {id_}: {why}" for id_, why in self.failures.items()]
        return "\n".join([*rows, *self.mistakes()])

    def as_json(self) -> dict[str, object]:
        """Everything as plain values."""
        figures = {
            name: {"precision": quality.precision, "recall": quality.recall, "f1": quality.f1}
            for name, quality in self.qualities().items()
        }
        return {
            "gold": self.gold,
            "articles": len(self.expected),
            "figures": figures,
            "failures": dict(self.failures),
            "mistakes": self.mistakes(),
        }

    def mistakes(self) -> list[str]:
        """Pairs of articles that are wrongly joined or wrongly apart, one line each."""
        names = sorted(self.expected)
        lines = []
        for position, one in enumerate(names):
            for other in names[position + 1 :]:
                gold = self.expected[one] == self.expected[other]
                found = self.predicted.get(one) is not None and self.predicted.get(one) == self.predicted.get(other)
                if gold != found:
                    lines.append(f"{'apart' if gold else 'joined'}: {one} {other}")
        return lines


def load_cases(corpus: Path) -> dict[str, LinkCase]:
    """The cases of ``links/`` in a corpus by name; none where there is no such folder.

    Raises:
        GoldError: a case does not fit the types above.
    """
    cases = {}
    for path in sorted((corpus / FOLDER).glob("*.yaml")):
        try:
            cases[path.stem] = LinkCase.model_validate(yaml.safe_load(path.read_text("utf-8")))
        except (ValidationError, yaml.YAMLError) as error:
            raise GoldError(f"{path}: {error}") from error
    return cases


def case_articles(cases: dict[str, LinkCase]) -> list[RawArticle]:
    """The articles of all cases, their ids ``case/article``."""
    return [
        RawArticle(f"{name}/{article.id}", article.text, published=article.published.isoformat(), source=article.source)
        for name, case in cases.items()
        for article in case.articles
    ]


def evaluate_links(config: Config, corpus: Path) -> LinkResult:
    """Run the pipeline and linking over all cases of a corpus.

    Raises:
        GoldError: there is no case, or one does not fit.
        ConfigError, ResourceError: the pipeline cannot be built.
    """
    cases = load_cases(corpus)
    if not cases:
        raise GoldError(f"no cases in {corpus / FOLDER}; each is a YAML file with articles and incidents")
    outcomes = list(extract_batch(build_nlp(config), case_articles(cases)))
    result = score_links(cases, [outcome for outcome in outcomes if isinstance(outcome, Record)])
    failed = {outcome.id: outcome.message for outcome in outcomes if isinstance(outcome, Failure)}
    return replace(result, gold=links_hash(corpus), failures=failed)


def links_hash(corpus: Path) -> str:
    """SHA-256 over names and bytes of all cases, to pin figures to what they were measured on."""
    digest = hashlib.sha256()
    for path in sorted((corpus / FOLDER).glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def score_links(cases: dict[str, LinkCase], records: Sequence[Record]) -> LinkResult:
    """Link records and hold them against the cases. An article that has no linked main event is alone."""
    gold = {
        f"{name}/{article}": f"{name}/{number}"
        for name, case in cases.items()
        for number, incident in enumerate(case.incidents)
        for article in incident.articles
    }
    main = {record.article.id: record.main_event for record in records}
    incidents = link(records)
    predicted: dict[str, Hashable] = {
        member.article: incident.id
        for incident in incidents
        for member in incident.members
        if main[member.article] == member.event
    }
    return LinkResult(gold, predicted, incidents)
