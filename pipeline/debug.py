"""One stage on one text, for the eye: what it found, and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from pydantic import BaseModel
from spacy.language import Language

from pipeline import facts, show, trace
from pipeline.analyse import run_components
from pipeline.articles import RawArticle
from pipeline.stages import STAGES


@dataclass(frozen=True)
class StageView:
    """What a stage found in an article, the decisions on the way, and how much of what it had before it."""

    article: RawArticle
    stage: str
    found: list[BaseModel]
    decisions: list[trace.Decision]
    read: dict[str, int]

    def as_json(self, *, trace: bool = False) -> dict[str, Any]:
        """Plain JSON values; with ``trace`` the decisions as well."""
        found = [fact.model_dump(mode="json") for fact in self.found]
        values: dict[str, Any] = {"article": self.article.id, "stage": self.stage, "found": found}
        if trace:
            values |= {"read": self.read, "trace": [asdict(decision) for decision in self.decisions]}
        return values

    def as_text(self, *, trace: bool = False) -> str:
        """Tables for a terminal."""
        parts = [f"{self.article.id}: {self.stage}", show.facts(self.found, self.article.text)]
        if trace:
            read = ", ".join(f"{number:,} {name}" for name, number in self.read.items())
            parts += ["", f"read: {read}", "", show.decisions(self.decisions)]
        return "\n".join(parts) + "\n"


def debug_stage(nlp: Language, article: RawArticle, stage: str) -> StageView:
    """Run an assembled pipeline on one article and look at one of its stages.

    Raises:
        StageError: a component failed on the text; the error names it.
    """
    with trace.tracing() as decisions:
        doc = run_components(nlp, article)
    spec = STAGES[stage]
    read = {"characters": len(doc.text), "tokens": len(doc)}
    read |= {name: len(getattr(facts, name)(doc)) for name in (*spec.needs, *spec.uses)}
    return StageView(article, stage, getattr(facts, stage)(doc), [d for d in decisions if d.stage == stage], read)
