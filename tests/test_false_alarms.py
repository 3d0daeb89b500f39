"""News in which nobody attacks anybody: how often a violent event, or a victim, is asserted all the same.

``false_alarms/ordinary`` holds weather, sport, business, culture, politics, courts, history, science and kitchens as
they are written on any day; ``false_alarms/in_words_of_war`` the same told in the words of war, with books, films,
games and exercises. None reports violence as a fact. The log has the share and the words behind it (``pytest -rP``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.records import Record

FOLDER = Path(__file__).parent / "false_alarms"
# How many texts may have one: what was reached, to be lowered with every gain and never raised. The aim is 3 of the 60
# ordinary ones.
MOST = {
    ("ordinary", "violence"): 2,
    ("ordinary", "victims"): 0,
    ("in_words_of_war", "violence"): 15,
    ("in_words_of_war", "victims"): 4,
}


def texts(kind: str) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((FOLDER / kind).glob("*.txt"))}


def violence(record: Record) -> list[str]:
    found = [event for event in record.events if event.plover == "ASSAULT" and event.status == "asserted"]
    return [f"{event.type} at {event.trigger.text!r}" for event in found]


def victims(record: Record) -> list[str]:
    return [f"{one.kind} {one.text!r}" for one in record.casualties if one.status == "asserted"]


def test_texts_are_many_and_short() -> None:
    assert len(texts("ordinary")) >= 40
    lengths = {
        name: len(text.split()) for kind in ("ordinary", "in_words_of_war") for name, text in texts(kind).items()
    }
    assert {name: length for name, length in lengths.items() if not 60 <= length <= 120} == {}


@pytest.mark.parametrize(("kind", "what"), MOST)
def test_few_false_alarms(kind: str, what: str, read: Callable[[str], Record]) -> None:
    wrong = {"violence": violence, "victims": victims}[what]
    alarms = {name: found for name, text in texts(kind).items() if (found := wrong(read(text)))}
    share = f"{what} in {len(alarms)} of {len(texts(kind))} texts ({kind}): {alarms}"
    logging.getLogger(__name__).warning(share)
    assert len(alarms) <= MOST[kind, what], share
