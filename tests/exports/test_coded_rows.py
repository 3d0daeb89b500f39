"""Rows like ACLED's and UCDP's, as a coder would write them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError, InputError
from pipeline.exports import acled, ucdp
from pipeline.exports.coded import Coded, Side, Where, code_incidents, countries, short_id
from pipeline.exports.files import export, happenings
from pipeline.link.files import read_incidents, write_incidents
from pipeline.link.link import link
from pipeline.records import Article, Casualty, Count, Record, Victims
from pipeline.resources import data_path, load_yaml

ARTICLE = Article(id="a.txt", published="2021-03-10", source="Wire", title="Headline", chars=10, sha256="0")
HOMS = Where("Homs", 34.7, 36.7, "SY", "Homs Governorate", "settlement", "PPLA")


def side(words: str, kind: Any = "unknown", country: str | None = None, *, name: bool = False, **more: Any) -> Side:
    values: dict[str, Any] = {"group": "unknown", "start": 0, "end": len(words)} | more
    return Side(words, words if name else None, kind, country, **values)


SOLDIERS = side("Syrian soldiers", "military", "SY", group="combatant")
REBELS = side("Tahrir al-Sham", "rebel", "SY", name=True, group="combatant", start=40, end=54)
VILLAGERS = side("villagers", "civilians", group="civilian", start=60, end=69)
GUNMEN = side("Gunmen", group="combatant", start=70, end=76)


def coded(type_: str = "attack", **changed: Any) -> Coded:
    names = load_yaml("ontology.yaml")["types"][type_].get("acled") or (None, None)
    values: dict[str, Any] = {
        "id": short_id("a.txt/v0"),
        "type": type_,
        "acled_event": names[0],
        "acled_sub_event": names[1],
        "status": "asserted",
        "earliest": date(2021, 3, 8),
        "latest": date(2021, 3, 8),
        "where": HOMS,
        "source": (),
        "target": (),
        "toll": {},
        "killed_figures": (),
        "articles": (ARTICLE,),
        "refs": ("a.txt/v0",),
        "evidence": ("It happened.",),
    }
    return Coded(**values | changed)


def figure(best: int | None, words: Side | None = None, **changed: Any) -> Casualty:
    victims = None
    if words is not None:
        victims = Victims(text=words.words, start=words.start, end=words.end, group=words.group)
    values: dict[str, Any] = {
        "id": "c",
        "event": "v0",
        "kind": "killed",
        "start": 0,
        "end": 1,
        "text": "x",
        "rule": "r",
    }
    return Casualty(**values | {"best": best, "victims": victims} | changed)


@pytest.mark.parametrize(
    ("days", "time", "date_prec"),
    [
        (1, 1, 1),
        (2, 2, 2),
        (6, 2, 2),
        (7, 2, 3),
        (8, 3, 4),
        (31, 3, 4),
        (32, None, 5),
        (366, None, 5),
        (367, None, None),
    ],
)
def test_precision_of_dates(days: int, time: int | None, date_prec: int | None) -> None:
    event = coded(latest=date.fromordinal(date(2021, 3, 8).toordinal() + days - 1), toll={"killed": Count(best=1)})
    assert (acled.row(event)["time_precision"], ucdp.row(event)["date_prec"]) == (time, date_prec)
    assert (acled.row(event)["event_date"] is None) == (time is None)
    assert ucdp.row(event)["date_start"] == "2021-03-08"


def test_the_day_of_a_month_is_its_middle_and_of_no_date_nothing() -> None:
    month = acled.row(coded(earliest=date(2021, 2, 1), latest=date(2021, 2, 28)))
    assert (month["event_date"], month["year"], month["time_precision"]) == ("2021-02-15", 2021, 3)
    never = acled.row(coded(earliest=None, latest=None))
    assert (never["event_date"], never["year"], never["time_precision"]) == (None, None, None)


@pytest.mark.parametrize(
    ("precision", "feature", "geo", "where"),
    [
        ("point", None, 1, 1),
        ("settlement", "PPL", 1, 1),
        ("admin2", "ADM2", 2, 3),
        ("admin1", "ADM1", 3, 4),
        ("region", "RGN", 3, 5),
        ("region", "SEA", 3, 7),
        ("country", "PCLI", None, 6),
    ],
)
def test_precision_of_places(precision: Any, feature: str | None, geo: int | None, where: int) -> None:
    place = Where("X", 1.5, 2.5, "SY", None, precision, feature)
    event = coded(where=place, toll={"killed": Count(best=1)})
    one, other = acled.row(event), ucdp.row(event)
    assert (one["geo_precision"], other["where_prec"]) == (geo, where)
    # the centre of a country is where nothing happened: only UCDP writes it
    assert (one["latitude"], other["latitude"]) == (None if geo is None else 1.5, 1.5)
    assert (one["location"] is None) == (geo is None)
    assert one["country"] == other["country"] == "Syria"


def test_a_place_without_coordinates_leaves_cells_empty_never_zero() -> None:
    event = coded(where=Where("Nowhere", None, None, None, None, None), toll={"killed": Count(best=1)})
    one, other = acled.row(event), ucdp.row(event)
    assert [one[key] for key in ("latitude", "longitude", "geo_precision", "location", "country", "iso")] == [None] * 6
    assert [other[key] for key in ("latitude", "longitude", "where_prec", "where_coordinates", "country")] == [None] * 5
    assert str(one["event_id_cnty"]).startswith("XXX")


@pytest.mark.parametrize(
    ("type_", "source", "target", "row"),
    [
        (
            "armed_clash",
            [REBELS],
            [SOLDIERS],
            ("Tahrir al-Sham", None, 2, "Military Forces of Syria", None, 1, 12, None),
        ),
        (
            "armed_clash",
            [GUNMEN, VILLAGERS],
            [],
            ("Unidentified Armed Group (Syria)", None, 3, "Unidentified Armed Group (Syria)", None, 3, 33, None),
        ),
        (
            "attack",
            [],
            [VILLAGERS, SOLDIERS],
            (
                *("Unidentified Armed Group (Syria)", None, 3),
                *("Civilians (Syria)", "Military Forces of Syria", 7, 37, "Civilian targeting"),
            ),
        ),
        (
            "air_strike",
            [side("U.S.", country="US")],
            [REBELS],
            ("Military Forces of United States", None, 8, "Tahrir al-Sham", None, 2, 28, None),
        ),
        (
            "shelling",
            [SOLDIERS],
            [VILLAGERS, side("a truck")],
            ("Military Forces of Syria", None, 1, "Civilians (Syria)", None, 7, 17, "Civilian targeting"),
        ),
        (
            "peaceful_protest",
            [side("Teachers", "civilians")],
            [],
            ("Protesters (Syria)", None, 6, None, None, None, 60, None),
        ),
        (
            "excessive_force",
            [side("Police", "police")],
            [side("marchers", "protesters")],
            ("Protesters (Syria)", None, 6, "Police Forces of Syria", None, 1, 16, "Civilian targeting"),
        ),
        (
            "mob_violence",
            [],
            [VILLAGERS],
            ("Rioters (Syria)", None, 5, "Civilians (Syria)", None, 7, 57, "Civilian targeting"),
        ),
        (
            "arrest",
            [side("Police", "police")],
            [side("the captain", group="combatant")],
            ("Police Forces of Syria", None, 1, None, None, None, 10, None),
        ),
        ("agreement", [], [], (None, None, None, None, None, None, None, None)),
    ],
)
def test_sides_are_named_and_coded_as_acled_does(
    type_: str, source: list[Side], target: list[Side], row: tuple[object, ...]
) -> None:
    made = acled.row(coded(type_, source=tuple(source), target=tuple(target)))
    keys = (
        "actor1",
        "assoc_actor_1",
        "inter1",
        "actor2",
        "assoc_actor_2",
        "inter2",
        "interaction",
        "civilian_targeting",
    )
    assert tuple(made[key] for key in keys) == row


def test_those_who_fight_each_other_are_both_sides() -> None:
    made = acled.row(coded("armed_clash", source=(REBELS, SOLDIERS), target=(REBELS, SOLDIERS)))
    assert (made["actor1"], made["actor2"], made["interaction"]) == ("Tahrir al-Sham", "Military Forces of Syria", 12)


@pytest.mark.parametrize(
    ("toll", "fatalities", "reported"),
    [
        (None, 0, False),
        (Count(low=0, best=0, high=0), 0, True),
        (Count(low=300, best=300), 300, True),
        (Count(low=20, best=25, high=30), 20, True),
        (Count(best=15), 15, True),
        (Count(best=40, high=40), 40, True),
    ],
)
def test_fatalities_are_the_most_careful_figure(toll: Count | None, fatalities: int, reported: bool) -> None:
    made = acled.row(coded(toll={"killed": toll} if toll else {}))
    assert (made["fatalities"], made["fatalities_reported"]) == (fatalities, reported)


def test_notes_quote_the_source() -> None:
    assert acled.row(coded())["notes"] == "Wire (2021-03-10): “It happened.”"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"type_": "accident"}, "of no ACLED type"),
        ({"earliest": date(2021, 3, 11), "latest": date(2021, 3, 11)}, "dated after publication"),
        ({"presumed": True}, "deaths without a word for their cause"),
        ({}, None),
    ],
)
def test_what_acled_would_not_code_has_no_row(changed: dict[str, Any], why: str | None) -> None:
    assert acled.wanted(coded(**changed)) == why


@pytest.mark.parametrize(
    ("type_", "toll", "why"),
    [
        ("attack", Count(low=0, best=0, high=0), "without deaths"),
        ("attack", None, "without deaths"),
        ("peaceful_protest", Count(best=1), "no organised violence"),
        ("accident", Count(best=1), "no organised violence"),
        ("excessive_force", Count(best=1), None),
        ("armed_clash", Count(high=3), None),
    ],
)
def test_what_ucdp_would_not_code_has_no_row(type_: str, toll: Count | None, why: str | None) -> None:
    assert ucdp.wanted(coded(type_, toll={"killed": toll} if toll else {})) == why


@pytest.mark.parametrize(
    ("type_", "source", "target", "sides"),
    [
        ("armed_clash", [REBELS], [SOLDIERS], (1, "Government of Syria", "Tahrir al-Sham")),
        ("armed_clash", [SOLDIERS], [REBELS], (1, "Government of Syria", "Tahrir al-Sham")),
        ("armed_clash", [REBELS], [side("ISIS", "jihadist", name=True)], (2, "Tahrir al-Sham", "ISIS")),
        ("attack", [REBELS], [VILLAGERS], (3, "Tahrir al-Sham", "Civilians")),
        ("attack", [side("Police", "police")], [VILLAGERS], (3, "Government of Syria", "Civilians")),
        ("attack", [GUNMEN], [VILLAGERS], (None, "Gunmen", "Civilians")),
        ("attack", [], [VILLAGERS], (None, None, "Civilians")),
        ("air_strike", [side("U.S.", country="US")], [REBELS], (1, "Government of United States", "Tahrir al-Sham")),
    ],
)
def test_sides_and_type_of_violence_are_ucdps(
    type_: str, source: list[Side], target: list[Side], sides: tuple[object, ...]
) -> None:
    event = coded(type_, source=tuple(source), target=tuple(target), toll={"killed": Count(best=2)})
    made = ucdp.row(event)
    assert (made["type_of_violence"], made["side_a"], made["side_b"]) == sides


def test_the_dead_are_counted_for_their_sides() -> None:
    figures = (figure(4, SOLDIERS), figure(2, REBELS), figure(3, VILLAGERS), figure(1), figure(1, perpetrators=True))
    event = coded(
        "armed_clash", source=(REBELS,), target=(SOLDIERS,), toll={"killed": Count(best=12)}, killed_figures=figures
    )
    made = ucdp.row(event)
    # side A is the government, whoever attacked; one of the twelve is in no figure
    told = {key: made[f"deaths_{key}"] for key in ("a", "b", "civilians", "unknown")}
    assert told == {"a": 4, "b": 3, "civilians": 3, "unknown": 2}


@pytest.mark.parametrize(
    ("given", "due"),
    [
        ((300, 300, None), (300, 300, 300)),
        ((None, 15, None), (15, 15, 15)),
        ((None, 40, 40), (0, 40, 40)),
        ((2, None, None), (2, 2, 2)),
        ((3, 43, None), (3, 43, 43)),
        ((5, None, 9), (5, 5, 9)),
        ((None, None, 7), (0, 7, 7)),
        ((20, 20, 30), (20, 20, 30)),
    ],
)
def test_ucdp_leaves_no_bound_open(given: tuple[int | None, ...], due: tuple[int, int, int]) -> None:
    assert ucdp.bounds(Count(**dict(zip(("low", "best", "high"), given, strict=True)))) == due


counts = st.lists(st.integers(0, 60), min_size=3, max_size=3).map(sorted)
people = st.sampled_from([None, SOLDIERS, REBELS, VILLAGERS, GUNMEN])


@st.composite
def tolls(draw: st.DrawFn) -> Count:
    bounds = dict(zip(("low", "best", "high"), draw(counts), strict=True))
    return Count(**{key: value for key, value in bounds.items() if draw(st.booleans())})


@given(
    toll=tolls(),
    figures=st.lists(st.builds(figure, st.one_of(st.none(), st.integers(0, 60)), people, perpetrators=st.booleans())),
    source=st.lists(st.sampled_from([SOLDIERS, REBELS, GUNMEN]), max_size=2),
    target=st.lists(st.sampled_from([SOLDIERS, VILLAGERS, GUNMEN]), max_size=2),
    type_=st.sampled_from(["attack", "armed_clash", "air_strike", "excessive_force"]),
)
def test_ucdp_deaths_add_up_to_best_between_low_and_high(
    toll: Count, figures: list[Casualty], source: list[Side], target: list[Side], type_: str
) -> None:
    event = coded(
        type_, toll={"killed": toll}, killed_figures=tuple(figures), source=tuple(source), target=tuple(target)
    )
    made: dict[str, Any] = ucdp.row(event)
    parts = [made[f"deaths_{key}"] for key in ("a", "b", "civilians", "unknown")]
    assert sum(parts) == made["best"]
    assert min(parts) >= 0
    assert made["low"] <= made["best"] <= made["high"]


def test_codebook_page_explains_every_column_and_code() -> None:
    told = data_path("models", "exports", "README.md").read_text("utf-8")
    for module in (acled, ucdp):
        for column in module.COLUMNS:
            assert f"`{column}`" in told or (column.startswith("source_") and "`source_*`" in told) or column == "id", (
                column
            )
    rules = load_yaml("exports", "acled.yaml")
    for code, name in rules["inter"].items():
        assert f"| {code} | {name} |" in told
    codes = {"time_precision": {1, 2, 3}, "geo_precision": {1, 2, 3}}
    assert {key: set(rules[key].values()) for key in codes} == codes
    for column, most in (("time_precision", 3), ("geo_precision", 3), ("where_prec", 7), ("date_prec", 5)):
        (line,) = [line for line in told.splitlines() if line.startswith(f"| `{column}` |")]
        assert all(f"{code}:" in line for code in range(1, most + 1)), line


def test_every_event_type_of_acled_has_its_rules_and_every_kind_its_code() -> None:
    rules = load_yaml("exports", "acled.yaml")
    used = {entry["acled"][0] for entry in load_yaml("ontology.yaml")["types"].values() if "acled" in entry}
    assert used == set(rules["event_types"]) == set(rules["disorder"])
    assert len(countries()) > 240
    assert (countries()["SY"].iso3, countries()["SY"].numeric, countries()["XK"].numeric) == ("SYR", 760, None)


# whole runs


@pytest.fixture
def run(tmp_path: Path, read: Callable[[str], Record]) -> Path:
    """Two articles about one bombing and a third about a plan."""
    texts = {
        "one.txt": "A suicide bomber killed 12 people at a market in Maiduguri, Nigeria, on Monday, police said.",
        "two.txt": "At least 15 people were killed by a suicide bomber at a market in Maiduguri, Nigeria, on Monday.",
        "plan.txt": "Police denied that gunmen had killed two farmers in Kaduna, Nigeria, on Tuesday.",
    }
    folder = tmp_path / "run"
    folder.mkdir()
    with (folder / "records.jsonl").open("w") as records, (folder / "articles.jsonl").open("w") as articles:
        for name, text in texts.items():
            record = read(text)
            article = record.article.model_copy(update={"id": name, "source": name.removesuffix(".txt").title()})
            records.write(record.model_copy(update={"article": article}).model_dump_json() + "\n")
            articles.write(json.dumps({"id": name, "sha256": article.sha256, "text": text}) + "\n")
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def linked(run: Path) -> None:
    records = [Record.model_validate_json(line) for line in (run / "records.jsonl").read_text().splitlines()]
    write_incidents(run / "incidents.jsonl", link(records))


def test_a_run_has_a_row_for_each_event_and_once_linked_for_each_incident(run: Path) -> None:
    written = export(run, "ucdp")
    assert (written.unit, written.rows, written.path) == ("event", {"ucdp": 2}, run / "ucdp.csv")
    assert [row["best"] for row in rows(run / "ucdp.csv")] == ["12", "15"]
    linked(run)
    assert export(run, "ucdp").unit == "incident"
    (row,) = rows(run / "ucdp.csv")
    assert (row["number_of_sources"], row["source_office"]) == ("2", "One; Two")
    assert row["refs"].count("/v") == 2
    assert sum(int(row[f"deaths_{key}"]) for key in ("a", "b", "civilians", "unknown")) == int(row["best"])
    export(run, "acled")
    (row,) = rows(run / "acled.csv")
    assert (row["sources"], row["sub_event_type"], row["country"]) == ("2", "Suicide bomb", "Nigeria")
    assert "One (" in row["notes"]
    assert "Two (" in row["notes"]
    assert "A suicide bomber killed 12 people at a market" in row["notes"]
    assert len(rows(export(run, "acled", unit="event").path)) == 2


def test_what_was_denied_is_left_out_unless_asked_for(run: Path) -> None:
    written = export(run, "acled")
    assert written.left_out["negated"] == 1
    assert "2 rows, one for each event; left out: of no ACLED type 1, negated 1" in written.told()
    export(run, "acled", statuses=("asserted", "negated"))
    assert [row["status"] for row in rows(run / "acled.csv")].count("negated") == 1


def test_events_keep_their_ids_when_other_articles_come(run: Path) -> None:
    ids = {each.refs[0]: each.id for each in happenings(run)}
    lines = (run / "records.jsonl").read_text().splitlines(keepends=True)
    (run / "records.jsonl").write_text("".join(lines[::-1]))
    assert {each.refs[0]: each.id for each in happenings(run)} == ids


def test_incidents_of_another_run_are_refused(run: Path) -> None:
    linked(run)
    lines = (run / "records.jsonl").read_text().splitlines(keepends=True)
    (run / "records.jsonl").write_text("".join(lines[1:]))
    with pytest.raises(InputError, match=r"has the member one.txt/v\d, which the run does not have: .* --per event"):
        export(run, "acled")


def test_what_cannot_be_asked_for_is_told(run: Path) -> None:
    with pytest.raises(InputError, match=r"was not linked; first: dateline link .*run -o .*incidents.jsonl"):
        export(run, "acled", unit="incident")
    with pytest.raises(ConfigError, match=r"no export 'acle'. Did you mean 'acled'\? Exports: parquet, duckdb"):
        export(run, "acle")
    with pytest.raises(ConfigError, match=r"no 'denied'. There are: asserted, negated, hypothetical"):
        export(run, "acled", statuses=("denied",))  # type: ignore[arg-type]
    linked(run)
    with pytest.raises(ConfigError, match="incidents are made of asserted events"):
        export(run, "acled", unit="incident", statuses=("negated",))
    with pytest.raises(ConfigError, match=r"is a folder, and ucdp is a CSV .* name a file"):
        export(run, "ucdp", run)


def test_without_texts_notes_are_the_words_of_the_events(run: Path) -> None:
    (run / "articles.jsonl").unlink()
    export(run, "acled")
    assert all("suicide bomber" in row["notes"] for row in rows(run / "acled.csv"))
    assert not any("police said" in row["notes"] for row in rows(run / "acled.csv"))


def test_incident_without_an_agreed_figure_has_its_dead_unknown(run: Path) -> None:
    linked(run)
    members = {each.refs[0]: each for each in happenings(run)}
    incidents = read_incidents(run / "incidents.jsonl")
    killed = incidents[0].toll["killed"].model_copy(update={"low": 1, "best": 99, "high": 99})
    (made,) = code_incidents([incidents[0].model_copy(update={"toll": {"killed": killed}})], members)
    row = ucdp.row(made)
    assert (row["best"], row["deaths_unknown"] or row["deaths_civilians"]) == (99, 99)
