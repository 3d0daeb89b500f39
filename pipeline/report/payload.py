"""What the reading pane needs of a record, without what it can tell itself."""

from __future__ import annotations

from typing import Any

from pipeline.ontology import event_types
from pipeline.records import Record

CATEGORIES = (
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Riots",
    "Protests",
    "Strategic developments",
    "Accidents, disasters, crime",
    "Words and policy",
)
"""What the colours stand for: ACLED's event types, then what ACLED leaves out."""


def category(type_: str) -> int:
    """The index of an event type's category in :data:`CATEGORIES`; a type of another version is counted to the last."""
    found = event_types().get(type_)
    if found is not None and found.acled_event in CATEGORIES:
        return CATEGORIES.index(found.acled_event)
    # what ACLED leaves out is an act of policy where it has a PLOVER root, and else a mishap or a crime
    return -2 % len(CATEGORIES) if found is not None and found.plover is None else len(CATEGORIES) - 1


def type_table() -> dict[str, int]:
    """The category of every event type that a record can have."""
    return {name: category(name) for name, entry in event_types().items() if not entry.abstract}


def slim(record: Record, *, with_text: bool) -> dict[str, Any]:
    """The record without its article and its empty values; where the text is at hand, without the words of its spans.

    The page puts the words back: they are ``text[start:end]``.
    """
    values = record.model_dump(mode="json", exclude_none=True, exclude={"article", "schema_version"})
    if with_text:
        _drop_words(values)
    return values


def _drop_words(value: Any) -> None:
    if isinstance(value, dict):
        if "start" in value and "end" in value:
            value.pop("text", None)
        for inner in value.values():
            _drop_words(inner)
    elif isinstance(value, list):
        for inner in value:
            _drop_words(inner)
