"""The seven stages, in their order in the text's way to a record.

Each stage is a spaCy component ``dateline_<name>`` in the module of the same name: a pure function does the work, the
factory is a thin wrapper. :data:`STAGES` says what each needs, so that :mod:`pipeline.build` can check an order
without importing any of them.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from pydantic import BaseModel


@dataclass(frozen=True)
class StageSpec:
    """What a stage does and what it reads.

    ``needs`` are stages that must run before it. ``uses`` are stages whose facts it reads where they are: they may be
    left out, at the price that ``without`` states, but they may not come later.
    """

    name: str
    summary: str
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    without: str = ""

    @property
    def factory(self) -> str:
        return f"dateline_{self.name}"

    def options(self) -> type[BaseModel]:
        """The stage's pydantic options; imports the stage."""
        module = importlib.import_module(f"pipeline.stages.{self.name}")
        options: type[BaseModel] = module.Options
        return options


STAGES: dict[str, StageSpec] = {
    spec.name: spec
    for spec in (
        StageSpec(
            "sentences", "Cut the text into sentences; headline, abbreviations and quotes neither break nor glue"
        ),
        StageSpec("entities", "Reconcile the model's names with gazetteer and lexicons; add weapons and vehicles"),
        StageSpec("places", "Resolve place names to gazetteer entries, one place per thing", needs=("entities",)),
        StageSpec("dates", "Read date expressions as ranges of days, relative to the date of publication"),
        StageSpec(
            "actors",
            "Tell who acts: canonical name, country and kind",
            needs=("entities",),
            uses=("places",),
            without="officials and forces whose country the text does not say have none",
        ),
        StageSpec(
            "events",
            "Find what happened, to whom, by whom, where and when; one event through all its mentions",
            uses=("sentences", "entities", "places", "dates", "actors"),
            without="events keep null where that stage would have filled a value",
        ),
        StageSpec(
            "casualties",
            "Read killed, injured, missing, captured and displaced, each figure tied to its event",
            needs=("events",),
            uses=("entities", "places", "actors"),
            without="victims keep null where that stage would have filled a value",
        ),
    )
}
