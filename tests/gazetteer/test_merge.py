"""Merging: names of units, names taken away, and what a table lays over the packages."""

from __future__ import annotations

import pytest

from pipeline.errors import ResourceError
from pipeline.gazetteer.merge import ALTERNATE, MAIN, OVERLAY, SHORT, Draft, Local, Overlay, add_short_names
from pipeline.gazetteer.tables import TableRow


@pytest.fixture
def places() -> dict[str, Draft]:
    unit = Draft("geonames:1", "Idlib Governorate", 35.8, 36.7, "SY", "ADM1", 1_500_000, "test")
    unit.add("Idlib Governorate", MAIN)
    unit.add("Muhafazat Idlib", ALTERNATE)
    unit.add("Orontes", ALTERNATE)
    return {unit.id: unit}


def _row(identity: str, name: str, *names: str, lat: float | None = None, admin1: str | None = None) -> TableRow:
    return TableRow(identity, name, names, lat, lat, "SY", admin1, None, None, "test", "mine.tsv, line 2")


def test_a_unit_gets_its_short_name_with_less_standing(places: dict[str, Draft]) -> None:
    add_short_names(places)
    assert places["geonames:1"].names["idlib"] == SHORT
    assert places["geonames:1"].names["idlib governorate"] == MAIN


def test_a_table_renames_adds_and_takes_away(places: dict[str, Draft]) -> None:
    Overlay(places).apply([_row("geonames:1", "Idlib Province", "-Orontes", "=ID")])
    place = places["geonames:1"]
    assert place.name == "Idlib Province"
    assert place.names["idlib province"] == OVERLAY
    assert place.names["=ID"] == OVERLAY
    assert "orontes" not in place.names


def test_a_new_place_lies_in_the_unit_that_its_row_names(places: dict[str, Draft]) -> None:
    Overlay(places).apply([_row("dateline:kafr-x", "Kafr X", lat=35.9, admin1="Idlib Governorate")])
    assert places["dateline:kafr-x"].admin1 == "geonames:1"


def test_an_unknown_unit_or_id_gives_the_line(places: dict[str, Draft]) -> None:
    with pytest.raises(ResourceError, match=r"mine\.tsv, line 2: SY has no first-order unit called 'Idlip'"):
        Overlay(places).apply([_row("dateline:kafr-x", "Kafr X", lat=35.9, admin1="Idlip")])
    with pytest.raises(ResourceError, match=r"mine\.tsv, line 2: no source has geonames:9"):
        Overlay(places).apply([_row("geonames:9", "Kafr Y")])


def _village(name: str, *names: str, lat: float, feature: str = "PPL") -> TableRow:
    return TableRow(
        f"dateline:{name.lower()}", name, names, lat, 36.0, "SY", None, feature, None, "test", "villages.tsv"
    )


def test_a_village_that_a_source_has_close_by_only_lends_its_spellings() -> None:
    known = Draft("geonames:2", "Kafr Zaytā", 35.37, 36.0, "SY", "PPL", 20_000, "test")
    known.add("Kafr Zaytā", MAIN)
    places = {known.id: known}
    Local(places, [_village("Kafr Zita", "Kafrzita", lat=35.4)]).add()
    assert list(places) == ["geonames:2"]
    assert known.names == {"kafr zayta": MAIN, "kafr zita": MAIN, "kafrzita": MAIN}


def test_a_village_far_from_its_namesake_is_another_place() -> None:
    known = Draft("geonames:2", "Hader", 36.0, 36.0, "SY", "PPL", 20_000, "test")
    known.add("Hader", MAIN)
    places = {known.id: known}
    Local(places, [_village("Hader", lat=33.3)]).add()
    assert places["dateline:ppl-sy-hader"].lat == 33.3


def test_a_district_is_called_after_its_town_and_lends_it_the_spelling() -> None:
    town = Draft("geonames:2", "Harim", 35.86, 36.0, "SY", "PPL", 30_000, "test")
    town.add("Harim", MAIN)
    places = {town.id: town}
    Local(places, [_village("Hareem", lat=35.9, feature="ADM3")]).add()
    assert town.names["hareem"] == ALTERNATE
    assert places["dateline:adm3-sy-hareem"].feature == "ADM3"
