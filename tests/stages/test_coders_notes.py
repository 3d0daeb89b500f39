"""The place of the event in notes from many wars: the very town, or what it lies in, and never another country."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from benchmarks.notes import RADIUS_KM, event_place
from pipeline.gazetteer import open_gazetteer
from pipeline.gazetteer.build import local_tables
from pipeline.gazetteer.sources import file_hash
from pipeline.records import Record
from pipeline.stages.places.evidence import km

_BY_COUNTRY = yaml.safe_load(Path(__file__).with_name("coders_notes.yaml").read_text("utf-8"))
NOTES = [(note["note"], *note["at"], country) for country, notes in _BY_COUNTRY.items() for note in notes]
# The event is found, its place is not: only what the village lies in, or nothing.
COARSE = frozenset(
    {
        "Taliban insurgents attacked the district headquarters of Sangin in Helmand province. 6 soldiers were killed.",
        "Suspected jihadists killed 100 people in Solhan, Yagha province.",
    }
)
# A namesake is taken.
WRONG = frozenset(
    {
        "A sniper killed a Syrian soldier on the Nahr al-Bared front, Al-Ghab plain, Hama.",
    }
)


@pytest.fixture(scope="module", autouse=True)
def _whole_gazetteer() -> None:
    known = open_gazetteer().info().inputs
    old = [table.name for table in local_tables() if known.get(table.name) != file_hash(table)]
    if old:
        pytest.skip(f"the gazetteer is older than {', '.join(old)}: dateline gazetteer build")


@pytest.mark.parametrize(
    ("text", "lat", "lon", "country"),
    [
        pytest.param(*note, marks=pytest.mark.xfail(strict=True)) if note[0] in WRONG | COARSE else note
        for note in NOTES
    ],
)
def test_a_note_is_placed_where_it_happened(
    read: Callable[[str], Record], text: str, lat: float, lon: float, country: str
) -> None:
    place = event_place(read(text))
    assert place is not None
    assert place.country == country
    assert place.lat is not None
    assert place.lon is not None
    assert km(place.lat, place.lon, lat, lon) <= RADIUS_KM


@pytest.mark.parametrize("note", [note for note in NOTES if note[0] not in WRONG], ids=lambda note: note[0][:40])
def test_a_note_is_placed_in_no_other_country(
    read: Callable[[str], Record], note: tuple[str, float, float, str]
) -> None:
    place = event_place(read(note[0]))
    assert place is None or place.country in (note[3], None)


def test_most_notes_are_placed() -> None:
    assert len(NOTES) >= 120
    assert len(WRONG) + len(COARSE) <= 0.08 * len(NOTES)
    assert {text for text, *_ in NOTES} >= WRONG | COARSE
