from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.baselines import regex_rows
from benchmarks.datasets import DATASETS, Dataset, Row, load, missing
from benchmarks.judges import JUDGES
from benchmarks.wikievents import violence
from pipeline.records import Article, Casualty, Count, Entity, Event, Mention, Place, Record, Span, Toll

TEXT = "A mine killed two shepherds near Zalin. Another mine had killed four in May."


def row(text: str = TEXT, **gold: Any) -> Row:
    return Row("r1", text, None, "r1", {"id": "r1", "text": text, **gold})


def span(words: str, text: str = TEXT) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def exact(number: int) -> Count:
    return Count(low=number, best=number, high=number)


def event(id_: str, words: str, killed: int | None = None, **values: Any) -> Event:
    mention = span(words)
    toll = Toll(killed=None if killed is None else exact(killed))
    fixed = {"type": "explosion", "plover": "ASSAULT", "rule": "test", "toll": toll}
    return Event(id=id_, trigger=Span(**mention), mentions=[Mention(**mention)], **(fixed | values))


def record(*events: Event, main: str | None = "v0", **values: Any) -> Record:
    article = Article(id="r1", chars=len(TEXT), sha256="0" * 64)
    return Record(article=article, events=list(events), main_event=main, **values)


def write(folder: Path, rows: list[dict[str, Any]]) -> Dataset:
    (folder / "set.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return Dataset("set", "set.jsonl", ("toll",), DATASETS["incident_linking"].read)


def test_benchmarks_halves_share_no_row_and_leave_none_out(tmp_path: Path) -> None:
    dataset = write(tmp_path, [{"id": str(n), "text": "Text.", "incident_id": str(n)} for n in range(60)])
    first, second = ({one.id for one in load(dataset, tmp_path, split=half)} for half in ("a", "b"))
    assert first
    assert second
    assert not first & second
    assert len(first | second) == 60


def test_benchmarks_pages_about_one_incident_stay_in_one_half(tmp_path: Path) -> None:
    dataset = write(tmp_path, [{"id": str(n), "text": "Text.", "incident_id": "same"} for n in range(60)])
    assert sorted(len(load(dataset, tmp_path, split=half)) for half in ("a", "b")) == [0, 60]


def test_benchmarks_limit_takes_the_first_rows(tmp_path: Path) -> None:
    dataset = write(tmp_path, [{"id": str(n), "text": "Text.", "incident_id": str(n)} for n in range(5)])
    assert [one.id for one in load(dataset, tmp_path, limit=2)] == ["0", "1"]


def test_benchmarks_set_that_is_not_there_is_named_with_what_to_type(tmp_path: Path) -> None:
    why = missing(DATASETS["lgl"], tmp_path)
    assert why is not None
    assert why.startswith("lgl: skipped")
    assert "DATELINE_DATA" in why


def test_benchmarks_regex_baseline_reads_the_first_figure_of_each_kind() -> None:
    text = "At least twenty-one people were killed and over 30 wounded in the blast."
    toll = regex_rows([row(text)])["r1"].events[0].toll
    assert toll.killed == exact(21)
    assert toll.injured == exact(30)


def test_benchmarks_regex_baseline_without_a_figure_has_no_event() -> None:
    assert regex_rows([row("Nothing was damaged.")])["r1"].events == []


@pytest.mark.parametrize(
    ("record", "classes"),
    [
        (record(event("v0", "killed two", 2)), []),
        (None, ["no record"]),
        (record(main=None), ["no event"]),
        (record(event("v0", "killed two", 2), main=None), ["no main event"]),
        (record(event("v0", "killed four", 4), event("v1", "killed two", 2)), ["right toll on another event"]),
        (record(event("v0", "killed two")), ["no figure read"]),
        (
            record(
                event("v0", "killed two", 6),
                casualties=[
                    Casualty(id="c0", event="v0", kind="killed", rule="test", low=2, best=2, high=2, **span("two"))
                ],
            ),
            ["right figure read, wrong toll"],
        ),
    ],
)
def test_benchmarks_toll_judge_says_where_the_figure_went_astray(record: Record | None, classes: list[str]) -> None:
    assert [one.why for one in JUDGES["killed"](row(killed=2), record)] == classes


def test_benchmarks_toponym_judge_tells_missed_from_misplaced_from_made_up() -> None:
    entities = [Entity(id="e0", label="GPE", **span("Zalin")), Entity(id="e1", label="LOC", **span("May"))]
    zalin = {
        "lat": 37.05,
        "lon": 41.23,
        "geonameid": 1,
        "canonical": "Al Qamishli",
        "country": "Syria",
        **span("Zalin"),
    }
    said = [
        Place(
            id="p0", status="resolved", gazetteer_id="geonames:2", name="Zalingei", lat=12.9, lon=23.5, mentions=["e0"]
        ),
        Place(id="p1", status="resolved", gazetteer_id="geonames:3", name="May", lat=0.0, lon=0.0, mentions=["e1"]),
    ]
    gold = row(toponyms=[zalin])
    judge = JUDGES["toponyms"]
    assert [one.why for one in judge(gold, record(main=None))] == ["missed (no entity)"]
    wrong = judge(gold, record(main=None, entities=entities, places=said))
    assert [one.why for one in wrong] == ["no such candidate", "false alarm (LOC)"]


def test_benchmarks_name_judge_tells_borders_from_labels() -> None:
    gold = row(entities=[{"label": "Location", **span("Zalin")}, {"label": "Person", **span("shepherds")}])
    said = [Entity(id="e0", label="GPE", **span("near Zalin")), Entity(id="e1", label="ORG", **span("shepherds"))]
    wrong = JUDGES["names"](gold, record(main=None, entities=said))
    assert sorted(one.why for one in wrong) == ["LOC: other borders", "PER: said ORG"]


def test_benchmarks_story_judge_tells_a_missed_bombing_from_an_incident_made_up() -> None:
    judge = JUDGES["story"]
    bombing = row(incidents=[{"incident_type": "BOMBING"}])
    assault = record(event("v0", "killed two", acled_sub_event="Attack"))
    assert [one.why for one in judge(bombing, assault)] == ["bombing missed"]
    assert [one.why for one in judge(row(incidents=[]), assault)] == ["incident false alarm"]
    denied = record(event("v0", "killed two", status="negated"))
    assert judge(row(incidents=[]), denied) == []


def test_benchmarks_violence_is_found_by_any_violent_trigger_of_its_sentence() -> None:
    victim = {"role": "Victim", **span("shepherds")}
    gold = row(
        sentences=[[0, 39], [40, len(TEXT)]],
        events=[
            {"type": "Conflict.Attack.Detonate", "trigger": span("mine"), "arguments": []},
            {"type": "Life.Die.Unspecified", "trigger": span("killed"), "arguments": [victim]},
        ],
    )
    figures = violence({"r1": record(event("v0", "killed two"), event("v1", "Another"))}, [gold])
    assert (figures["trigger_R"], figures["mention_P"], figures["victim_R"]) == (1.0, 0.5, 0.0)
