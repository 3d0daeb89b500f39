"""The examples of the codebook and of the limits are run: what a page says of a sentence is what its record says.

A row with a column ``Record`` is a case; the column before it is the sentence. **Bold** words choose the event, without
them it is the main event. docs/codebook/index.md tells the reader how to read the values, :data:`VALUES` here how they
are checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pages
import pytest

from pipeline.records import (
    Casualty,
    CasualtyKind,
    Count,
    DatePrecision,
    Event,
    Place,
    PlacePrecision,
    PlaceStatus,
    Record,
    Status,
)
from pipeline.resources import load_yaml

CODEBOOK = Path(__file__).resolve().parent.parent / "docs" / "codebook"
Read = Callable[[str], Record]


def page(name: str) -> str:
    return (CODEBOOK / name).read_text("utf-8")


def cases() -> Iterator[Any]:
    for path in sorted(CODEBOOK.glob("*.md")):
        for row in pages.rows(path.read_text("utf-8")):
            if "Record" in row.cells:
                sentence, record = list(row.cells.values())[-2:]
                yield pytest.param(sentence, record, id=f"{path.stem}: {sentence} {record}")


def slashes(count: Count | None) -> str:
    if count is None:
        return "null"
    return "/".join("null" if value is None else str(value) for value in (count.low, count.best, count.high))


def joined(values: Iterator[str] | list[str]) -> str:
    return " + ".join(values) or "null"


def date(event: Event) -> str:
    found = event.date
    if found is None:
        return "null"
    if found.earliest is None:
        return "unresolved"
    return found.earliest if found.earliest == found.latest else f"{found.earliest} to {found.latest}"


def counted(record: Record, event: Event) -> list[Casualty]:
    return [figure for figure in record.casualties if figure.event == event.id and figure.counted]


def place(record: Record, event: Event) -> Place:
    return next((place for place in record.places if place.id == event.place), Place(id="", status="unresolved"))


VALUES: dict[str, Callable[[Record, Event], object]] = {
    "type": lambda _, event: event.type,
    "status": lambda _, event: event.status,
    "source": lambda _, event: joined([one.text for one in event.source]),
    "target": lambda _, event: joined([one.text for one in event.target]),
    "mentions": lambda _, event: joined([one.text for one in event.mentions]),
    "attribution": lambda _, event: event.attribution.text if event.attribution else "null",
    "citing": lambda _, event: event.attribution.verb if event.attribution else "null",
    "date": lambda _, event: date(event),
    "date precision": lambda _, event: event.date.precision if event.date else "null",
    "place": lambda record, event: place(record, event).name or "null",
    "place status": lambda record, event: place(record, event).status,
    "precision": lambda record, event: place(record, event).precision,
    "gazetteer": lambda record, event: place(record, event).gazetteer_id,
    "names": lambda record, event: joined(place(record, event).names_in_text),
    "events": lambda record, _: len(record.events),
    "victims": lambda record, event: joined([one.victims.text for one in counted(record, event) if one.victims]),
    "groups": lambda record, event: joined([one.victims.group for one in counted(record, event) if one.victims]),
    "countries": lambda record, event: joined(
        [country for one in counted(record, event) if one.victims for country in one.victims.countries]
    ),
    "not counted": lambda record, _: joined([figure.text for figure in record.casualties if not figure.counted]),
    "perpetrators": lambda record, _: joined([figure.text for figure in record.casualties if figure.perpetrators]),
    **{
        kind: lambda _, event, kind=kind: slashes(getattr(event.toll, kind))  # type: ignore[misc]
        for kind in get_args(CasualtyKind)
    },
}


def chosen(record: Record, sentence: str) -> Event:
    """The event that bold words belong to, else the main event."""
    bold = re.search(r"\*\*(.+?)\*\*", sentence)
    if bold is None:
        found = [event for event in record.events if event.id == record.main_event]
    else:
        start, end = bold.start(), bold.start() + len(bold[1])
        found = [event for event in record.events if any(m.start < end and start < m.end for m in event.mentions)]
    assert len(found) == 1, f"one event expected, not {[(event.type, event.trigger.text) for event in found]}"
    return found[0]


def assert_says(record: Record, sentence: str, says: str) -> None:
    """The record has the values of a cell."""
    values = pages.code(says)
    assert values, "the row expects nothing"
    if values == ["no event"]:
        assert record.events == []
        return
    event = chosen(record, sentence)
    expected = dict(value.split(": ", 1) for value in values)
    assert {key: str(VALUES[key](record, event)) for key in expected} == expected


@pytest.mark.parametrize(("sentence", "says"), list(cases()))
def test_codebook_example_is_read_as_the_page_says(read: Read, sentence: str, says: str) -> None:
    assert_says(read(pages.plain(sentence)), sentence, says)


WRONG = [row for row in pages.rows((CODEBOOK.parent / "limits.md").read_text("utf-8")) if "Is read as" in row.cells]


@pytest.mark.parametrize("row", WRONG, ids=lambda row: row["Sentence"])
def test_sentence_of_the_limits_is_still_read_wrongly(read: Read, row: pages.Row) -> None:
    # where this fails because the sentence is now read rightly, take its row off the page
    assert row["Should be"] != row["Is read as"]
    assert_says(read(pages.plain(row["Sentence"])), row["Sentence"], row["Is read as"])


def test_first_page_tells_every_value_that_a_row_may_have() -> None:
    told = {
        key for row in pages.rows(page("index.md")) if "In a row" in row.cells for key in pages.code(row["In a row"])
    }
    assert told == set(VALUES)


def test_every_event_type_has_its_section_with_its_roots_and_an_example() -> None:
    types = {name: about for name, about in load_yaml("ontology.yaml")["types"].items() if not about.get("abstract")}
    sections = re.findall(r"^### (\w+)\n\n(.+)\n\n(PLOVER: .+)$", page("events.md"), re.MULTILINE)
    assert [name for name, *_ in sections] == list(types)
    for name, gloss, roots in sections:
        about = types[name]
        assert gloss.lower() == f"{about['gloss']}.".lower(), name
        acled = " / ".join(about["acled"]) if about.get("acled") else "none"
        assert roots == f"PLOVER: {about['plover'] or 'none'} · ACLED: {acled}", name
    examples = {
        (row.section[-1], value)
        for row in pages.rows(page("events.md"))
        if "Record" in row.cells
        for value in pages.code(row["Record"])
    }
    assert [name for name in types if (name, f"type: {name}") not in examples] == []


def conventions() -> dict[str, Any]:
    found: dict[str, Any] = load_yaml("conventions.yaml")
    return found


VAGUE = [row for row in pages.rows(page("counts.md")) if "low" in row.cells]
BOUNDS = [row for row in pages.rows(page("counts.md")) if set(row.cells) <= {"Words", "Bound", "Example"}]
BOUNDED = {"lower": "15/15/null", "upper": "null/15/15", "about": "null/15/null", "exact": "15/15/15"}


def test_every_vague_word_stands_with_its_convention() -> None:
    said = {row["Words"]: [None if row[k] == "null" else int(row[k]) for k in ("low", "best", "high")] for row in VAGUE}
    assert said == conventions()["vague"]


@pytest.mark.parametrize("row", VAGUE, ids=lambda row: row["Words"])
def test_vague_word_is_read_by_its_convention(read: Read, row: pages.Row) -> None:
    words = row["Words"]
    assert words == "bare plural" or words.lower() in row["Example"].lower()
    (figure,) = read(row["Example"]).casualties
    assert slashes(figure) == "/".join(row[key] for key in ("low", "best", "high"))
    assert figure.kind == "killed"


def spaced(words: str) -> str:
    """Words of the data file as they are printed; there they stand as the tokeniser cuts them."""
    return re.sub(r" +([.,])", r"\1", words).strip()


def test_every_bound_stands_under_its_kind() -> None:
    before = {kind: {spaced(words) for words in said} for kind, said in conventions()["bounds"].items()}
    after = {kind: {spaced(words) for words in said} for kind, said in conventions()["after"].items()}
    assert set(before) | set(after) == set(BOUNDED)
    shown_before: dict[str, set[str]] = {}
    shown_after: dict[str, set[str]] = {}
    for row in BOUNDS:
        shown, kind = (shown_after, row["Bound"]) if "Bound" in row.cells else (shown_before, row.section[-1])
        shown.setdefault(kind, set()).add(row["Words"])
    assert (shown_before, shown_after) == (before, after)
    for kind, value in BOUNDED.items():
        assert f"### {kind}\n" in page("counts.md")
        assert f"`{value}`" in page("counts.md")


@pytest.mark.parametrize("row", BOUNDS, ids=lambda row: row["Words"])
def test_bound_is_read_as_its_kind_says(read: Read, row: pages.Row) -> None:
    assert row["Words"] in row["Example"]
    (figure,) = read(row["Example"]).casualties
    assert slashes(figure) == BOUNDED[row.cells.get("Bound", row.section[-1])]


@pytest.mark.parametrize(
    ("name", "head", "values"),
    [
        ("counts.md", "Kind", CasualtyKind),
        ("status.md", "Status", Status),
        ("places-and-dates.md", "Status", PlaceStatus),
    ],
)
def test_every_value_of_a_closed_list_has_a_row(name: str, head: str, values: Any) -> None:
    found = [pages.plain(row[head]) for row in pages.rows(page(name)) if head in row.cells]
    assert found == list(get_args(values))


def test_every_precision_has_a_row() -> None:
    found = [
        pages.plain(row["Precision"]) for row in pages.rows(page("places-and-dates.md")) if "Precision" in row.cells
    ]
    assert found == [*get_args(PlacePrecision), *get_args(DatePrecision)]


def test_every_rule_of_status_is_named_with_an_example() -> None:
    named = {word for row in pages.rows(page("status.md")) for cell in row.cells.values() for word in pages.code(cell)}
    named |= {word for line in page("status.md").splitlines() if not line.startswith("|") for word in pages.code(line)}
    assert set(load_yaml("status.yaml")) - named == set()
