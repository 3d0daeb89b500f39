"""The mark-up of the sentences: what it says, and that a wrong record does not pass."""

from __future__ import annotations

import pytest
from marked import cases, complaints, parse

from pipeline.records import Article, Casualty, Event, Participant, Record, Span, Toll, Victims

CASE = "[Rebels | source] [killed | attack main] [two | killed 2 civilian] farmers. => killed 2"
TEXT = "Rebels killed two farmers."


def record(**changes: object) -> Record:
    toll = Toll.model_validate({"killed": {"low": 2, "best": 2, "high": 2}})
    event = Event(
        id="v0",
        type="attack",
        plover="ASSAULT",
        trigger=Span(start=7, end=13, text="killed"),
        source=[Participant(start=0, end=6, text="Rebels")],
        toll=toll,
        rule="test",
    )
    victims = Victims(start=18, end=25, text="farmers", group="civilian")
    figure = Casualty(
        id="c0",
        event="v0",
        kind="killed",
        low=2,
        best=2,
        high=2,
        start=14,
        end=17,
        text="two",
        victims=victims,
        rule="test",
    )
    own = {key: value for key, value in changes.items() if key in Event.model_fields}
    others = {key: value for key, value in changes.items() if key not in Event.model_fields}
    return Record(
        article=Article(id="text", chars=len(TEXT), sha256=""),
        events=[event.model_copy(update=own)],
        casualties=[figure.model_copy(update=others)],
        main_event="v0",
    )


def test_marks_stand_at_their_words() -> None:
    case = parse(CASE)
    assert case.text == TEXT
    assert [case.text[mark.start : mark.end] for mark in case.marks] == ["Rebels", "killed", "two"]
    assert case.tolls == {None: {"killed": (2, 2, 2)}}


def test_a_right_record_has_no_complaints() -> None:
    assert complaints(parse(CASE), record()) == []


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"type": "armed_clash"}, "attack, asserted, expected"),
        ({"status": "negated"}, "attack, asserted, expected"),
        ({"source": [], "target": [Participant(start=0, end=6, text="Rebels")]}, "source expected"),
        ({"toll": Toll()}, "toll of the main event"),
        ({"kind": "injured"}, "killed 2/2/2 civilian"),
        ({"best": None}, "killed 2/2/2 civilian"),
        ({"victims": None}, "killed 2/2/2 civilian"),
        ({"trigger": Span(start=0, end=6, text="Rebels")}, "no event"),
    ],
)
def test_a_wrong_record_has_complaints(changes: dict[str, object], complaint: str) -> None:
    assert complaint in " ".join(complaints(parse(CASE), record(**changes)))


@pytest.mark.parametrize(
    ("case", "complaint"),
    [
        ("Rebels [killed | none] two. ", "no asserted event expected"),
        ("Rebels killed [two | no figure].", "no figure expected"),
        ("Rebels killed two. => no violence", "no violence expected"),
        ("Rebels killed two. => no figure", "no figure expected"),
        ("Rebels killed two. => no event", "no event expected"),
        ("Rebels killed two. => nothing", "nothing expected"),
        ("[Rebels | no role] killed two.", "no role expected"),
        ("[Rebels | #a] [killed | #a] two.", "no one event has all words"),
        ("[killed | #b attack] [killed | #a] two.", "no one event"),
    ],
)
def test_what_should_not_be_there_is_complained_of(case: str, complaint: str) -> None:
    text = parse(case)
    assert complaint in " ".join(complaints(text, record()))


@pytest.mark.parametrize(
    "case",
    [
        "Nothing is marked.",
        "[two | kiled 2]",
        "[two | killed 2 farmers]",
        "[two | killed x]",
        "A [b | attack]. => dead 3",
    ],
)
def test_a_slip_in_the_mark_up_is_an_error(case: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(case)


def test_known_failures_name_cases_that_exist() -> None:
    with pytest.raises(ValueError, match="no such case: group-none"):
        cases({"group": {"one": CASE}}, {"type": ["group-none"]})
    (one,) = cases({"group": {"one": CASE}}, {"type": ["group-one"]})
    assert one.id == "group-one"
    assert len(one.marks) == 1
