from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from pipeline import show
from pipeline.errors import ConfigError, ResourceError
from pipeline.records import (
    Actor,
    Article,
    Attribution,
    Casualty,
    Count,
    DateValue,
    Entity,
    Event,
    Mention,
    Participant,
    Place,
    Record,
    Span,
    Toll,
    Victims,
)
from pipeline.tables import COLUMNS, features, table_rows, to_frame, to_geojson

TEXT = "Rebels killed 20 to 30 soldiers in Homs on Monday, police said. Talks followed."


def at(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


@pytest.fixture
def record() -> Record:
    toll = Count(low=20, best=20, high=30)
    return Record(
        article=Article(id="a", title="T", published="2020-08-27", source="Wire", chars=len(TEXT), sha256="0"),
        entities=[
            Entity(id="e0", **at("Homs"), label="GPE", sentence="s0", place="p0"),
            Entity(id="e1", **at("Rebels"), label="NORP", actor="a0"),
        ],
        places=[
            Place(
                id="p0",
                status="resolved",
                gazetteer_id="geonames:169577",
                name="Homs",
                names_in_text=["Homs"],
                lat=34.7,
                lon=36.7,
                country="SY",
                precision="settlement",
                score=0.9,
                mentions=["e0"],
            ),
            Place(id="p1", status="unresolved", names_in_text=["Nowhere"]),
        ],
        actors=[Actor(id="a0", name="rebels", mentions=["e1"])],
        events=[
            Event(id="v0", type="consult", plover="CONSULT", trigger=Span(**at("Talks")), place="p1", rule="r"),
            Event(
                id="v1",
                type="attack",
                plover="ASSAULT",
                acled_event="Violence against civilians",
                acled_sub_event="Attack",
                trigger=Span(**at("killed")),
                mentions=[Mention(**at("killed"))],
                date=DateValue(**at("Monday"), earliest="2020-08-24", latest="2020-08-24", precision="day"),
                place="p0",
                source=[Participant(**at("Rebels"), actor="a0")],
                target=[Participant(**at("soldiers"))],
                attribution=Attribution(**at("police"), verb="said"),
                casualties=["c0"],
                toll=Toll(killed=toll),
                score=0.8,
                rule="r",
            ),
        ],
        casualties=[
            Casualty(
                id="c0",
                event="v1",
                kind="killed",
                **toll.model_dump(),
                qualifier="to",
                **at("20 to 30"),
                victims=Victims(**at("soldiers"), group="combatant", countries=["SY", "RU"], actor="a0"),
                rule="r",
            )
        ],
        main_event="v1",
    )


def test_every_table_has_its_columns_in_order(record: Record) -> None:
    for table, columns in COLUMNS.items():
        rows = list(table_rows(record, table))
        assert rows
        assert all(tuple(row) == columns for row in rows), table


def test_event_row_holds_place_date_roles_and_toll(record: Record) -> None:
    talks, attack = table_rows(record, "events")
    assert {key: attack[key] for key in ("main", "type", "place_name", "country", "lat", "lon")} == {
        "main": True,
        "type": "attack",
        "place_name": "Homs",
        "country": "SY",
        "lat": 34.7,
        "lon": 36.7,
    }
    assert (attack["date_text"], attack["date_earliest"], attack["date_precision"]) == ("Monday", "2020-08-24", "day")
    assert (attack["source"], attack["target"], attack["attribution"]) == ("Rebels", "soldiers", "police")
    assert [attack[f"killed_{bound}"] for bound in ("low", "best", "high")] == [20, 20, 30]
    assert attack["injured_low"] is None
    assert (talks["main"], talks["date_text"], talks["lat"], talks["place_name"]) == (False, None, None, "Nowhere")


def test_casualty_row_names_its_event_and_its_victims(record: Record) -> None:
    (row,) = table_rows(record, "casualties")
    found = [
        row[key] for key in ("event_id", "event_type", "kind", "low", "high", "victims", "group", "countries", "actor")
    ]
    assert found == ["v1", "attack", "killed", 20, 30, "soldiers", "combatant", "SY; RU", "rebels"]


def test_place_row_names_the_events_there(record: Record) -> None:
    homs, nowhere = table_rows(record, "places")
    assert (homs["gazetteer_id"], homs["events"], homs["mentions"]) == ("geonames:169577", "v1", 1)
    assert (nowhere["gazetteer_id"], nowhere["lat"], nowhere["place_status"]) == (None, None, "unresolved")


def test_entity_row_names_place_and_actor(record: Record) -> None:
    homs, rebels = table_rows(record, "entities")
    assert (homs["gazetteer_id"], homs["actor"]) == ("geonames:169577", None)
    assert (rebels["gazetteer_id"], rebels["actor"]) == (None, "rebels")


def test_map_puts_longitude_first_and_keeps_events_without_coordinates(record: Record) -> None:
    talks, attack = features(record)
    assert attack["geometry"] == {"type": "Point", "coordinates": [36.7, 34.7]}
    assert talks["geometry"] is None
    assert attack["id"] == "a/v1"
    assert json.loads(to_geojson([record, record]))["features"] == [talks, attack] * 2


def test_frame_has_nullable_numbers(record: Record) -> None:
    frame = to_frame([record], "events")
    assert list(frame.columns) == list(COLUMNS["events"])
    assert frame["killed_low"].dtype == "Int64"
    assert frame["killed_low"].isna().tolist() == [True, False]
    assert frame["main"].tolist() == [False, True]


def test_frame_of_nothing_has_the_columns() -> None:
    for table, columns in COLUMNS.items():
        assert list(to_frame([], table).columns) == list(columns)


def test_record_survives_json(record: Record) -> None:
    assert Record.model_validate_json(record.model_dump_json()) == record


@pytest.mark.parametrize(
    ("bounds", "shown"),
    [
        ((12, 12, 12), "12"),
        ((300, 300, None), "≥300"),
        ((1, None, None), "≥1"),
        ((None, 40, 40), "≤40"),
        ((20, 20, 30), "20–30"),
        ((20, 25, 30), "20–30 (25)"),
        ((0, 0, 0), "0"),
        ((None, 20, None), "≈20"),
        ((12, 14, None), "≥12 (14)"),
        ((None, None, None), None),
    ],
)
def test_figure_is_shown_with_its_bounds(bounds: tuple[int | None, ...], shown: str | None) -> None:
    assert show.count(*bounds) == shown


def test_event_table_shows_the_main_event_first(record: Record) -> None:
    header, _rule, first, second = show.record(record).splitlines()
    assert header.split() == ["date", "event", "place", "killed", "injured", "status", "source", "→", "target"]
    assert first.split() == ["★", "2020-08-24", "attack", "Homs", "20–30", "–", "asserted", "Rebels", "→", "soldiers"]
    assert second.split() == ["–", "consult", "Nowhere", "–", "–", "asserted", "–"]


def test_event_table_of_several_articles_names_them(record: Record) -> None:
    other = record.model_copy(update={"article": record.article.model_copy(update={"id": "b"})})
    header, _rule, *lines = show.events(
        row for each in (record, other) for row in table_rows(each, "events")
    ).splitlines()
    assert [line.split()[-1] for line in (header, *lines)] == ["article", "a", "a", "b", "b"]


@pytest.mark.parametrize(
    ("earliest", "latest", "shown"),
    [
        ("2018-02-03", "2018-02-03", "2018-02-03"),
        ("2018-02-01", "2018-02-28", "2018-02"),
        ("2019-12-01", "2019-12-31", "2019-12"),
        ("2019-01-01", "2019-12-31", "2019"),
        ("2018-02-01", "2018-02-27", "2018-02-01 – 2018-02-27"),
        ("2018-01-01", "2019-12-31", "2018-01-01 – 2019-12-31"),
        ("2018-02-01", None, "2018-02-01 – …"),
    ],
)
def test_range_of_days_is_shown_in_its_shortest_form(
    earliest: str, latest: str | None, shown: str, record: Record
) -> None:
    (row, *_) = table_rows(record, "events")
    line = show.events([{**row, "date_earliest": earliest, "date_latest": latest}]).splitlines()[-1]
    assert shown in line.split("  ")


def test_long_cell_is_cut_and_line_breaks_are_blanks() -> None:
    assert show.table(("x",), [["ab\ncd " * 20]], max_cell=10).splitlines()[-1] == "ab cd ab …"


def test_frame_of_an_unknown_table_names_the_known_ones(record: Record) -> None:
    with pytest.raises(ConfigError, match=r"no table 'event'\. Did you mean 'events'\?"):
        to_frame([record], "event")


def test_frame_without_pandas_says_what_to_install(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ResourceError, match=r'pip install "dateline\[tables\]"'):
        to_frame([record])
