"""Stage ``events``: what happened, to whom, by whom, where and when; one event through all its mentions.

The way through: :mod:`.triggers` finds the words that speak of events, :mod:`.roles`, :mod:`.status` and
:mod:`.circumstances` read what grammar says of each, :mod:`.refine` settles its type, :mod:`.linking` puts the
mentions of one happening together, and :mod:`.assemble` makes an :class:`~pipeline.records.Event` of each cluster.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import facts
from pipeline.harm import harm_table
from pipeline.lexicon import known_actors
from pipeline.stages.events.assemble import find_events
from pipeline.stages.events.triggers import trigger_table


class Options(BaseModel):
    """``policy_events``: also report words and policy (accuse, consult, aid …), beside what happened on the ground."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    policy_events: bool = True


class EventsStage:
    """spaCy component: ``Doc`` in, the same ``Doc`` with ``doc._.dateline_events`` out."""

    def __init__(self, options: Options) -> None:
        self.options = options
        trigger_table()  # tables that cannot be read stop the run, not each article
        harm_table()
        known_actors()

    def __call__(self, doc: Doc) -> Doc:
        facts.demand(doc, "events", "TAG", "DEP")
        facts.put(doc, "events", find_events(doc, policy_events=self.options.policy_events))
        return doc


@Language.factory(
    "dateline_events",
    requires=["token.dep", "token.head", "token.tag", "doc.sents"],
    assigns=["doc._.dateline_events"],
    default_config=Options().model_dump(),
)
def make_events(nlp: Language, name: str, policy_events: bool) -> EventsStage:
    """Factory of the stage; see :class:`Options`."""
    return EventsStage(Options(policy_events=policy_events))
