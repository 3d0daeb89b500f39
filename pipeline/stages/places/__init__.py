"""Stage ``places``: resolve place names to gazetteer entries, one place per thing.

The work is done by :func:`pipeline.stages.places.resolve.resolve` on plain values;
:mod:`~pipeline.stages.places.mentions` reads them off a ``Doc``.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import facts
from pipeline.gazetteer import Gazetteer, open_gazetteer
from pipeline.records import Place
from pipeline.stages.places.mentions import place_mentions, text_context
from pipeline.stages.places.resolve import ResolveOptions, resolve


class Options(BaseModel):
    """``gazetteer``: the store (default: where ``dateline gazetteer build`` puts it). ``gazetteer_tables``: the user's
    place tables. ``min_inside``: how sure a place name inside the name of an organisation must be, 0 to 1.
    ``min_margin``: a place whose lead over the second candidate is smaller is ``ambiguous``. ``min_score``: resolved
    places below this score are left unresolved. ``max_candidates``: how many candidates a record keeps."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    gazetteer: str | None = None
    gazetteer_tables: list[str] = []
    min_inside: float = Field(default=0.5, ge=0, le=1)
    min_margin: float = Field(default=0.15, ge=0, le=1)
    min_score: float = Field(default=0.0, ge=0, le=1)
    max_candidates: int = Field(default=5, ge=1)


def find_places(doc: Doc, gazetteer: Gazetteer, options: Options) -> list[Place]:
    """The places of a ``Doc`` whose entities are known (:func:`pipeline.facts.entities`)."""
    entities = facts.entities(doc)
    mentions = place_mentions(doc, entities, gazetteer, min_inside=options.min_inside)
    article = facts.article(doc)
    context = text_context(doc, entities, gazetteer, article.source if article else None)
    limits = ResolveOptions(min_margin=options.min_margin, max_candidates=options.max_candidates)
    places = resolve(mentions, context, gazetteer, limits)
    return [_unresolved(place) if place.score < options.min_score else place for place in places]


def _unresolved(place: Place) -> Place:
    return Place(
        id=place.id,
        status="unresolved",
        names_in_text=place.names_in_text,
        country=place.country,
        candidates=place.candidates,
        mentions=place.mentions,
    )


class Places:
    """The component: stores ``places`` and writes each place's id into its entities."""

    def __init__(self, gazetteer: Gazetteer, options: Options) -> None:
        self.gazetteer = gazetteer
        self.options = options

    def __call__(self, doc: Doc) -> Doc:
        facts.borrow_entities(doc, "places")
        places = find_places(doc, self.gazetteer, self.options)
        of_entity: dict[str, str] = {}
        for place in places:
            for entity in place.mentions:
                of_entity.setdefault(entity, place.id)
        facts.put(doc, "places", places)
        facts.put(
            doc,
            "entities",
            [entity.model_copy(update={"place": of_entity.get(entity.id)}) for entity in facts.entities(doc)],
        )
        return doc


@Language.factory("dateline_places", default_config=Options().model_dump(), assigns=["doc._.dateline_places"])
def make_places(
    nlp: Language,
    name: str,
    gazetteer: str | None,
    gazetteer_tables: list[str],
    min_inside: float,
    min_margin: float,
    min_score: float,
    max_candidates: int,
) -> Places:
    """The component of stage ``places``."""
    options = Options(
        gazetteer=gazetteer,
        gazetteer_tables=gazetteer_tables,
        min_inside=min_inside,
        min_margin=min_margin,
        min_score=min_score,
        max_candidates=max_candidates,
    )
    store = open_gazetteer(Path(gazetteer) if gazetteer else None, tables=[Path(table) for table in gazetteer_tables])
    return Places(store, options)
