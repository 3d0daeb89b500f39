"""Stage ``casualties``: who was killed, injured, missing, captured or displaced, and how many, by event.

The way through: :mod:`.groups` finds people and their numbers in a sentence, :mod:`.coordination` which of them are
said in one breath, :mod:`.victims` (and :mod:`.nouns` for "the death toll" and the like) ties them to the words of
harm (:mod:`pipeline.harm`), :mod:`.read` makes a :class:`~pipeline.records.Casualty` of each figure, and
:mod:`pipeline.tolls` adds the figures of an event up to its toll.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import facts
from pipeline.numbers import conventions
from pipeline.stages.casualties.read import read_casualties


class Options(BaseModel):
    """``count_perpetrators``: whether those who did it count in an event's toll, as they do in ACLED and UCDP."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    count_perpetrators: bool = True


class CasualtiesStage:
    """spaCy component: adds ``doc._.dateline_casualties`` and writes tolls into ``doc._.dateline_events``."""

    def __init__(self, options: Options) -> None:
        self.options = options
        conventions()  # a table that cannot be read stops the run, not each article

    def __call__(self, doc: Doc) -> Doc:
        facts.demand(doc, "casualties", "TAG", "DEP")
        casualties, events = read_casualties(doc, count_perpetrators=self.options.count_perpetrators)
        facts.put(doc, "casualties", casualties)
        facts.put(doc, "events", events)
        return doc


@Language.factory(
    "dateline_casualties",
    requires=["token.dep", "token.head", "token.tag", "doc.sents", "doc._.dateline_events"],
    assigns=["doc._.dateline_casualties", "doc._.dateline_events"],
    default_config=Options().model_dump(),
)
def make_casualties(nlp: Language, name: str, count_perpetrators: bool) -> CasualtiesStage:
    """Factory of the stage; see :class:`Options`."""
    return CasualtiesStage(Options(count_perpetrators=count_perpetrators))
