"""Facts on a spaCy ``Doc``: what one stage hands to the next.

Each stage stores a list of contract records under its own name, read back typed::

    facts.put(doc, "places", [Place(id="p0", ...)])
    places = facts.places(doc)            # or, in anyone's pipeline, doc._.dateline_places

Facts are kept as plain JSON values in ``doc.user_data``, not as objects, so that a ``Doc`` still travels between
processes and into a ``DocBin``; and as lists by id, not as ``Span._`` values, which are keyed by offsets alone and
would let two facts on one span overwrite each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter
from spacy.tokens import Doc

from pipeline.errors import ConfigError
from pipeline.records import Actor, Article, Casualty, DateValue, Entity, Event, Place, RecordWarning, Sentence

T = TypeVar("T", bound=BaseModel)

KINDS: dict[str, type[BaseModel]] = {
    "entities": Entity,
    "places": Place,
    "dates": DateValue,
    "actors": Actor,
    "events": Event,
    "casualties": Casualty,
    "warnings": RecordWarning,
}
ANNOTATIONS = {"TAG": "a tagger", "DEP": "a parser", "ENT_IOB": "a recogniser of names"}
"""What stages read besides facts, by spaCy's name, and who gives it."""

_LISTS: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(list[kind]) for name, kind in KINDS.items()}  # type: ignore[valid-type]


class _Kept(list[Any]):
    """JSON values, and beside them the facts that they say, which every stage reads anew; only the values travel."""

    facts: list[Any] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)


def put(doc: Doc, name: str, facts: Sequence[BaseModel]) -> None:
    """Store a stage's facts, replacing any of the same name."""
    doc.user_data[f"dateline_{name}"] = _Kept(_LISTS[name].dump_python(list(facts), mode="json"))


def has(doc: Doc, name: str) -> bool:
    """True if a stage stored facts of this name, even none."""
    return f"dateline_{name}" in doc.user_data


def _facts(values: list[Any], read: Callable[[list[Any]], list[T]]) -> list[T]:
    """What the values say, read once."""
    if not isinstance(values, _Kept):
        return read(values)
    if values.facts is None:
        values.facts = read(values)
    return list(values.facts)  # facts cannot change, a list can


def _get(doc: Doc, name: str) -> Any:
    return _facts(doc.user_data.get(f"dateline_{name}", []), _LISTS[name].validate_python)


def join_sentences(doc: Doc, offsets: Sequence[int]) -> None:
    """Say where spaCy's sentence borders are none of the record's, as between a dateline and its sentence."""
    doc.user_data["dateline_joined"] = list(offsets)


def sentences(doc: Doc) -> list[Sentence]:
    """The sentences, without the white space around them, in order, with ids ``s0``, ``s1`` …"""
    kept = doc.user_data.get("dateline_sentences")
    if kept is None:
        kept = doc.user_data["dateline_sentences"] = _Kept([s.start, s.end] for s in _read_sentences(doc))
    return _facts(kept, _to_sentences)


def _to_sentences(kept: list[Any]) -> list[Sentence]:
    return [Sentence(id=f"s{number}", start=start, end=end) for number, (start, end) in enumerate(kept)]


def _read_sentences(doc: Doc) -> list[Sentence]:
    joined = set(doc.user_data.get("dateline_joined", ()))
    found: list[Sentence] = []
    for span in doc.sents if doc.has_annotation("SENT_START") else ():
        text = span.text
        stripped = text.strip()
        if not stripped:
            continue
        start = span.start_char + len(text) - len(text.lstrip())
        end = start + len(stripped)
        if start in joined and found:
            found[-1] = Sentence(id=found[-1].id, start=found[-1].start, end=end)
        else:
            found.append(Sentence(id=f"s{len(found)}", start=start, end=end))
    return found


def sentence_at(found: Sequence[Sentence], offset: int) -> str | None:
    """The id of the sentence that a character offset stands in, ``None`` between sentences."""
    at = bisect_right(found, offset, key=attrgetter("start")) - 1
    return found[at].id if at >= 0 and offset < found[at].end else None


def entities(doc: Doc) -> list[Entity]:
    """The entities, in text order."""
    return _get(doc, "entities")  # type: ignore[no-any-return]


def demand(doc: Doc, stage: str, *annotations: str) -> None:
    """Refuse a ``Doc`` that lacks what a stage reads, as a pipeline without tagger, parser or names makes it.

    A stage would find nothing there, or little, and nobody would know why. Pipelines of :mod:`pipeline.build` are
    checked when they are put together.

    Args:
        annotations: of :data:`ANNOTATIONS`.

    Raises:
        ConfigError: says which component is missing.
    """
    if "dateline_article" in doc.user_data:
        return
    missing = [ANNOTATIONS[name] for name in annotations if not doc.has_annotation(name)]
    if missing:
        raise ConfigError(
            f"dateline_{stage} reads what {' and '.join(missing)} would give, and nothing before it in this pipeline "
            f'does; begin with an English pipeline, such as spacy.load("en_core_web_sm"), and then add dateline_{stage}'
        )


def borrow_entities(doc: Doc, stage: str) -> None:
    """Where the stage ``entities`` did not run, take the names that the pipeline found itself, ``doc.ents``."""
    if has(doc, "entities"):
        return
    demand(doc, stage, "ENT_IOB")
    found = sentences(doc)
    spans = enumerate(doc.ents)
    put(
        doc,
        "entities",
        [
            Entity(
                id=f"e{number}",
                start=span.start_char,
                end=span.end_char,
                text=span.text,
                label=span.label_,
                sentence=sentence_at(found, span.start_char),
            )
            for number, span in spans
        ],
    )


def places(doc: Doc) -> list[Place]:
    """The places."""
    return _get(doc, "places")  # type: ignore[no-any-return]


def dates(doc: Doc) -> list[DateValue]:
    """The date expressions, in text order."""
    return _get(doc, "dates")  # type: ignore[no-any-return]


def actors(doc: Doc) -> list[Actor]:
    """The actors."""
    return _get(doc, "actors")  # type: ignore[no-any-return]


def events(doc: Doc) -> list[Event]:
    """The events."""
    return _get(doc, "events")  # type: ignore[no-any-return]


def casualties(doc: Doc) -> list[Casualty]:
    """The casualty figures."""
    return _get(doc, "casualties")  # type: ignore[no-any-return]


def warnings(doc: Doc) -> list[RecordWarning]:
    """What a reader of the record should know."""
    return _get(doc, "warnings")  # type: ignore[no-any-return]


def warn(doc: Doc, stage: str, code: str, message: str) -> None:
    """Add a warning to the article's record."""
    put(doc, "warnings", [*warnings(doc), RecordWarning(stage=stage, code=code, message=message)])


def article(doc: Doc) -> Article | None:
    """The article that the doc was made from; ``None`` in a pipeline that did not come from :mod:`pipeline.build`."""
    value = doc.user_data.get("dateline_article")
    return None if value is None else Article.model_validate(value)


def set_article(doc: Doc, value: Article) -> None:
    """Attach what is known of the article."""
    doc.user_data["dateline_article"] = value.model_dump(mode="json")


def read_text(doc: Doc) -> str:
    """``doc.text``, which spaCy puts together anew at each call, made once and kept."""
    kept: str | None = doc.user_data.get("dateline_read")
    if kept is None:
        kept = doc.user_data["dateline_read"] = doc.text
    return kept


def text(doc: Doc) -> str:
    """The article's text to the character; ``doc.text`` is in normal case where the article is upper case."""
    value: str | None = doc.user_data.get("dateline_text")
    return read_text(doc) if value is None else value


def set_text(doc: Doc, value: str) -> None:
    """Keep the article's own text where the ``Doc`` was made of another."""
    doc.user_data["dateline_text"] = value


def _read(doc: Doc, *, name: str) -> Any:
    return _get(doc, name)


def _write(doc: Doc, value: Sequence[BaseModel], *, name: str) -> None:
    put(doc, name, value)


def register() -> None:
    """Make the facts readable as ``doc._.dateline_<name>``. Harmless when called again."""
    if not Doc.has_extension("dateline_sentences"):
        Doc.set_extension("dateline_sentences", getter=sentences)
    for name in KINDS:
        if not Doc.has_extension(f"dateline_{name}"):
            Doc.set_extension(f"dateline_{name}", getter=partial(_read, name=name), setter=partial(_write, name=name))


register()
