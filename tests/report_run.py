"""A small run folder for tests of the report: ordinary, hostile, right-to-left and astral texts, and what failed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pipeline.link.files import write_incidents
from pipeline.link.link import Linking, gather
from pipeline.link.settings import Wishes, link_settings
from pipeline.records import (
    Actor,
    Article,
    Candidate,
    Casualty,
    Count,
    DateValue,
    Entity,
    Event,
    Mention,
    Participant,
    Place,
    Record,
    RecordWarning,
    Sentence,
    Span,
    Toll,
    Victims,
)

BREAKOUT = "</script><script>window.pwned=1</script>"
HANDLER = "<img src=x onerror=window.pwned=1>"
HOSTILE = (
    f"💥 {BREAKOUT} {HANDLER} Gunmen killed 3 people in Homs."
    " \u2028 \"quote' <!-- {{data}} \\u003c ]]> Raid on Aleppo."
)
ARABIC = "قُتل أربعة في إدلب، says Homs radio: shelling killed 4 people in Idlib."
BOMBING = (
    "Car bomb kills 12 in Qamishli\n\nA bomb killed at least 12 people in Qamishli on 8 March 2021, the Asayish said."
)
AGAIN = "The car bomb in Qamishli on 8 March 2021 killed 15 people, hospital staff said."

Words = dict[str, int]


def at(text: str, words: str) -> Words:
    """The offsets of the last occurrence of words that the text has."""
    start = text.rindex(words)
    return {"start": start, "end": start + len(words)}


def span(text: str, words: str) -> dict[str, Any]:
    return {**at(text, words), "text": words}


def record(
    identity: str, text: str, trigger: str, figure: str, victims: str, town: str, kind: str = "attack", **given: Any
) -> Record:
    """A record of one event with a toll, a place and whoever did it."""
    number = int("".join(char for char in figure if char.isdigit()))
    high = None if "least" in figure else number
    where = {"Homs": (34.7, 36.7), "Idlib": (35.9, 36.6), "Qamishli": (37.05, 41.22)}[town]
    count = Count(low=number, best=number, high=high)
    day = given.pop("day", None)
    date = DateValue(**span(text, day[0]), earliest=day[1], latest=day[1], precision="day") if day else None
    source = given.pop("who", None)
    return Record(
        article=Article(
            id=identity,
            chars=len(text),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            **given,
        ),
        sentences=[Sentence(id="s0", start=0, end=len(text))],
        entities=[
            Entity(id="e0", **span(text, town), label="GPE", sentence="s0", place="p0"),
            *([Entity(id="e1", **span(text, source), label="ORG", sentence="s0", actor="a0")] if source else []),
        ],
        places=[
            Place(
                id="p0",
                status="resolved",
                gazetteer_id=f"geonames:{len(town)}",
                name=town,
                names_in_text=[town],
                lat=where[0],
                lon=where[1],
                country="SY",
                precision="settlement",
                score=0.9,
                candidates=[
                    Candidate(gazetteer_id=f"geonames:{len(town)}", name=town, country="SY", score=0.9),
                    Candidate(gazetteer_id="geonames:77", name=f"{town} elsewhere", country="US", score=0.1),
                ],
                mentions=["e0"],
            )
        ],
        actors=[Actor(id="a0", name=source, kind="rebel", mentions=["e1"])] if source else [],
        events=[
            Event(
                id="v0",
                type=kind,
                acled_event="Explosions/Remote violence" if kind == "explosion" else "Violence against civilians",
                trigger=Span(**span(text, trigger)),
                mentions=[Mention(**span(text, trigger), sentence="s0")],
                date=date,
                place="p0",
                source=[Participant(**span(text, source), actor="a0")] if source else [],
                target=[Participant(**span(text, victims))],
                casualties=["c0"],
                toll=Toll(killed=count),
                score=0.8,
                rule="verb:kill",
            )
        ],
        casualties=[
            Casualty(
                id="c0",
                event="v0",
                kind="killed",
                **count.model_dump(),
                qualifier="at least" if high is None else None,
                **span(text, figure),
                victims=Victims(**span(text, victims), group="civilian"),
                rule="subject: killed",
            )
        ],
        main_event="v0",
    )


def records() -> list[tuple[Record, str]]:
    """Each record with its text."""
    hostile = record(
        HANDLER,
        HOSTILE,
        "killed",
        "3",
        "3 people",
        "Homs",
        who="Gunmen",
        title=BREAKOUT,
        source="\"'><svg onload=window.pwned=1>\u2028 Post",
        url="javascript:window.pwned=1",
    )
    hostile = hostile.model_copy(update={"warnings": [RecordWarning(stage="input", code="bad_date", message=HANDLER)]})
    arabic = record(
        "rtl", ARABIC, "shelling", "4", "4 people", "Idlib", title="قصف إدلب", source="راديو", published="2021-03-07"
    )
    day = ("8 March 2021", "2021-03-08")
    first = record(
        "wire-1",
        BOMBING,
        "killed",
        "at least 12",
        "12 people",
        "Qamishli",
        "explosion",
        day=day,
        title="Car bomb kills 12 in Qamishli",
        source="Northern Wire",
        published="2021-03-09",
        url="https://example.org/1?a=1&b=2",
    )
    again = record(
        "wire-2",
        AGAIN,
        "killed",
        "15",
        "15 people",
        "Qamishli",
        "explosion",
        day=day,
        title="Toll rises",
        source="Euphrates Post",
        published="2021-03-10",
    )
    return list(zip([hostile, arabic, first, again], [HOSTILE, ARABIC, BOMBING, AGAIN], strict=True))


def write_run(folder: Path, found: list[tuple[Record, str]], *, failures: list[dict[str, Any]] | None = None) -> Path:
    """A run folder as `dateline run` leaves it, incidents included."""
    folder.mkdir(parents=True)
    lines = [record.model_dump_json() for record, _ in found]
    (folder / "records.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    texts = [{"id": r.article.id, "sha256": r.article.sha256, "text": text} for r, text in found]
    kept = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in texts)
    (folder / "articles.jsonl").write_text(kept, encoding="utf-8")
    (folder / "failures.jsonl").write_text("".join(json.dumps(one) + "\n" for one in failures or []), encoding="utf-8")
    manifest = {"schema_version": "1.0", "dateline": "0.1.0", "source": f"in/{HANDLER}", "options": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    stats = {"articles": len(found), "events_by_type": {"attack": 2, "explosion": 2}, "seconds": 1.5}
    (folder / "stats.json").write_text(json.dumps(stats), encoding="utf-8")
    linking = Linking(gather([r for r, _ in found], link_settings()), link_settings(), Wishes(), ())
    linking.run()
    write_incidents(folder / "incidents.jsonl", linking.assembly(link_settings().best).incidents())
    return folder


FAILURES = [{"id": f"bad{BREAKOUT}", "path": "bad.txt", "reason": "stage_error", "message": HANDLER, "stage": "events"}]
