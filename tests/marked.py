"""Gold that stands inside the sentence: what a test of events and casualties expects, beside the words that say it.

``[words | what]`` marks words; a case may end in ``=>`` and what is expected of the whole::

    [Gunmen | source] [killed | attack] [three | killed 3 civilian] farmers. => killed 3

======================  =============================================================================================
``attack``              the words belong to an asserted event of this type; ``attack/armed_clash``: of either type;
                        ``ASSAULT``: of any type with this PLOVER root
``attack negated``      the same with another status (``negated``, ``hypothetical``)
``attack main``         the event is the news of the text
``#a``                  an event's name, for texts of several: the same name is the same event, two names are two;
                        ``[the raid | #a]`` alone says that the words belong to an event marked elsewhere
``none``                the words belong to no asserted event
``killed 3``            the words are a figure: ``3``, ``5/5/-`` (low/best/high), with any of: the victims' group
                        (``civilian``, ``combatant``, ``unknown``), their countries (``KE``), ``uncounted``,
                        ``perpetrators``, ``negated``, ``hypothetical``, and ``#a``, the event that it is a toll of
``no figure``           the words are no count of victims
``source``, ``target``  the words fill this role, and not the other, of the only event or of ``#a``
``source target``       the words fill both roles
``no role``             the words fill no role of any event
======================  =============================================================================================

After ``=>``, separated by semicolons: ``killed 3, injured 5/5/-`` is the whole toll of the main event, kinds that are
not named being unknown; ``nothing`` that it has none; ``#a killed 3`` is the toll of another event; ``no violence``
that no asserted event is an assault, ``no figure`` that nobody is counted, ``no event`` that no event is asserted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, get_args

import pytest
from _pytest.mark.structures import ParameterSet

from pipeline.records import Casualty, CasualtyKind, Count, Event, Record, Status, Toll, VictimGroup
from pipeline.resources import load_yaml

MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")
KINDS: tuple[str, ...] = get_args(CasualtyKind)
STATUSES: tuple[str, ...] = get_args(Status)
GROUPS: tuple[str, ...] = get_args(VictimGroup)
Bounds = tuple[int | None, int | None, int | None]


@dataclass(frozen=True)
class Mark:
    """Words at ``[start, end)`` of the plain text and what is expected of them."""

    start: int
    end: int
    text: str
    what: Literal["event", "none", "figure", "no figure", "role", "no role"]
    event: str | None = None
    types: frozenset[str] = frozenset()
    status: str = "asserted"
    main: bool = False
    kind: str = ""
    count: Bounds = (None, None, None)
    group: str | None = None
    countries: tuple[str, ...] = ()
    counted: bool = True
    perpetrators: bool | None = None
    roles: frozenset[str] = frozenset()

    def touches(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


@dataclass(frozen=True)
class Marked:
    """A case: the plain text, its marks, and what is expected of the whole."""

    text: str
    marks: tuple[Mark, ...] = ()
    tolls: Mapping[str | None, Mapping[str, Bounds]] = field(default_factory=dict)
    without: frozenset[str] = frozenset()


def parse(case: str) -> Marked:
    """The plain text and the expectations of a marked-up case.

    Raises:
        ValueError: a mark says something that is not in the table above.
    """
    body, _, whole = case.partition("=>")
    plain, position, marks = "", 0, []
    for match in MARK.finditer(body):
        plain += body[position : match.start()]
        words = match[1].strip()
        marks.append(_mark(len(plain), words, match[2].split()))
        plain, position = plain + words, match.end()
    plain = (plain + body[position:]).strip()
    if "|" in plain or "[" in plain or any(plain[mark.start : mark.end] != mark.text for mark in marks):
        raise ValueError(f"broken mark, or white space at the start, in {case!r}")
    tolls, without = _whole(whole)
    if not marks and not tolls and not without:
        raise ValueError(f"nothing is expected of {case!r}")
    return Marked(plain, tuple(marks), tolls, without)


def _mark(start: int, text: str, words: Sequence[str]) -> Mark:
    end = start + len(text)
    name = next((word for word in words if word.startswith("#")), None)
    rest = [word for word in words if word != name]
    if rest == ["none"]:
        return Mark(start, end, text, "none")
    if rest == ["no", "figure"]:
        return Mark(start, end, text, "no figure")
    if rest == ["no", "role"]:
        return Mark(start, end, text, "no role")
    if rest and set(rest) <= {"source", "target"}:
        return Mark(start, end, text, "role", name, roles=frozenset(rest))
    status = next((word for word in rest if word in STATUSES), "asserted")
    rest = [word for word in rest if word != status]
    if rest and rest[0] in KINDS:
        kind, count, *said = rest
        countries = tuple(word for word in said if len(word) == 2 and word.isupper())
        if not set(said) <= {*GROUPS, *countries, "uncounted", "perpetrators"}:
            raise ValueError(f"cannot read {said} of {text!r}")
        return Mark(
            start,
            end,
            text,
            "figure",
            name,
            status=status,
            kind=kind,
            count=_count(count),
            group=next((word for word in said if word in GROUPS), None),
            countries=countries,
            counted="uncounted" not in said,
            perpetrators=True if "perpetrators" in said else None,
        )
    main = "main" in rest
    rest = [word for word in rest if word != "main"]
    if len(rest) > 1 or not (rest or name or main):
        raise ValueError(f"cannot read {words} of {text!r}")
    types = frozenset(rest[0].split("/") if rest else ())
    if unknown := types - _known_types():
        raise ValueError(f"no such event type or PLOVER root: {', '.join(sorted(unknown))}")
    return Mark(start, end, text, "event", name, types, status, main)


@lru_cache(maxsize=1)
def _known_types() -> frozenset[str]:
    types = load_yaml("ontology.yaml")["types"]
    return frozenset(types) | {about["plover"] for about in types.values() if about["plover"]}


def _count(text: str) -> Bounds:
    parts = [None if part == "-" else int(part) for part in text.split("/")]
    low, best, high = parts * 3 if len(parts) == 1 else parts
    return low, best, high


def _whole(text: str) -> tuple[dict[str | None, dict[str, Bounds]], frozenset[str]]:
    tolls: dict[str | None, dict[str, Bounds]] = {}
    without = set()
    for part in filter(None, (part.strip() for part in text.split(";"))):
        if part in ("no violence", "no figure", "no event"):
            without.add(part)
            continue
        name, said = part.split(" ", 1) if part.startswith("#") else (None, part)
        pairs = [pair.split() for pair in said.split(",")] if said != "nothing" else []
        if any(len(pair) != 2 or pair[0] not in KINDS for pair in pairs):
            raise ValueError(f"cannot read the toll {said!r}")
        tolls[name] = {kind: _count(count) for kind, count in pairs}
    return tolls, frozenset(without)


def complaints(case: Marked, record: Record) -> list[str]:
    """What of the record is not as expected, in words; empty where all is well."""
    found = [*_events(case, record), *_figures(case, record)]
    named = _named(case, record)
    for name, expected in case.tolls.items():
        events = [event for event in record.events if event.id == record.main_event] if name is None else named[name]
        tolls = [_toll(event.toll) for event in events] or [{}]
        if expected not in tolls:
            found.append(f"toll of {name or 'the main event'}: {_say(expected)} expected, not {_say(tolls[0])}")
    asserted = [event for event in record.events if event.status == "asserted"]
    violence = [event for event in asserted if event.plover == "ASSAULT"]
    for what, present in (("no event", asserted), ("no violence", violence)):
        if what in case.without and present:
            found.append(f"{what} expected, but {', '.join(_event(event) for event in present)}")
    if "no figure" in case.without and record.casualties:
        found.append(f"no figure expected, but {', '.join(_figure(figure) for figure in record.casualties)}")
    return found


def _events(case: Marked, record: Record) -> Iterator[str]:
    named = _named(case, record)
    for mark in case.marks:
        here = [event for event in record.events if _speaks(event, mark)]
        names = ", ".join(map(_event, here)) or "no event"
        if mark.what == "none" and any(event.status == "asserted" for event in here):
            yield f"{mark.text!r}: no asserted event expected, but {names}"
        if mark.what == "event" and not any(_fits(event, mark) for event in here):
            wanted = " or ".join(sorted(mark.types)) or "an event"
            yield f"{mark.text!r}: {wanted}, {mark.status}, expected, not {names}"
        if mark.what == "event" and mark.main and record.main_event not in {event.id for event in here}:
            yield f"{mark.text!r}: is not the main event"
        if mark.what == "no role" and any(_roles(event, mark) for event in record.events):
            yield f"{mark.text!r}: no role expected"
        if mark.what == "role":
            events = named.get(mark.event, [])
            if not any(_roles(event, mark) == mark.roles for event in events):
                roles = [sorted(_roles(event, mark)) for event in events]
                yield f"{mark.text!r}: {' and '.join(sorted(mark.roles))} expected, not {roles}"
    for name, events in named.items():
        if not events and not (name is None and not case.marks):
            yield f"no one event has all words of {name or 'the event'}"
    chosen = [events[0].id for name, events in named.items() if name is not None and events]
    if len(chosen) != len(set(chosen)):
        yield "events that should stay apart are one"


def _named(case: Marked, record: Record) -> dict[str | None, list[Event]]:
    """The events that have all words marked as theirs, by name; ``None`` is the event of a text with one only."""
    groups: dict[str | None, list[Mark]] = {}
    for mark in case.marks:
        if mark.what == "event":
            groups.setdefault(mark.event, []).append(mark)
    return {
        name: [event for event in record.events if all(_speaks(event, mark) for mark in marks)]
        for name, marks in groups.items()
        if name is not None or any(mark.what == "role" and mark.event is None for mark in case.marks)
    }


def _figures(case: Marked, record: Record) -> Iterator[str]:
    named = _named(case, record)
    for mark in case.marks:
        here = [figure for figure in record.casualties if mark.touches(figure.start, figure.end)]
        said = ", ".join(map(_figure, here)) or "no figure"
        if mark.what == "no figure" and here:
            yield f"{mark.text!r}: no figure expected, but {said}"
        if mark.what == "figure" and not any(_is(figure, mark, named) for figure in here):
            yield f"{mark.text!r}: {_wanted(mark)} expected, not {said}"


def _is(figure: Casualty, mark: Mark, named: Mapping[str | None, Sequence[Event]]) -> bool:
    return (
        figure.kind == mark.kind
        and _bounds(figure) == mark.count
        and figure.status == mark.status
        and (mark.counted or not figure.counted)
        and mark.group in (None, figure.victims.group if figure.victims else "unknown")
        and (not mark.countries or bool(figure.victims and figure.victims.countries == list(mark.countries)))
        and mark.perpetrators in (None, figure.perpetrators)
        and (mark.event is None or figure.event in {event.id for event in named.get(mark.event, ())})
    )


def _speaks(event: Event, mark: Mark) -> bool:
    return any(mark.touches(span.start, span.end) for span in (event.trigger, *event.mentions))


def _fits(event: Event, mark: Mark) -> bool:
    return event.status == mark.status and (not mark.types or bool(mark.types & {event.type, event.plover}))


def _roles(event: Event, mark: Mark) -> frozenset[str]:
    roles = {"source": event.source, "target": event.target}
    return frozenset(role for role, spans in roles.items() if any(mark.touches(span.start, span.end) for span in spans))


def _bounds(count: Count) -> Bounds:
    return count.low, count.best, count.high


def _toll(toll: Toll) -> dict[str, Bounds]:
    return {kind: _bounds(count) for kind in KINDS if (count := getattr(toll, kind)) is not None}


def _say(toll: Mapping[str, Bounds]) -> str:
    return ", ".join(f"{kind} {_slashes(count)}" for kind, count in toll.items()) or "nothing"


def _slashes(count: Bounds) -> str:
    return "/".join("-" if value is None else str(value) for value in count)


def _event(event: Event) -> str:
    return f"{event.type} {event.status} at {event.trigger.text!r}"


def _figure(figure: Casualty) -> str:
    group = figure.victims.group if figure.victims else "unknown"
    countries = " ".join(figure.victims.countries if figure.victims else ())
    said = f"{figure.text!r} {figure.kind} {_slashes(_bounds(figure))} {group} {countries} {figure.status}"
    said += f" of {figure.event}"
    return said + (" perpetrators" if figure.perpetrators else "") + ("" if figure.counted else " uncounted")


def _wanted(mark: Mark) -> str:
    countries = " ".join(mark.countries)
    said = f"{mark.kind} {_slashes(mark.count)} {mark.group or ''} {countries} {mark.status}"
    said += f" of {mark.event or 'any event'}"
    return said + (" perpetrators" if mark.perpetrators else "") + ("" if mark.counted else " uncounted")


def cases(groups: Mapping[str, Mapping[str, str]], known_wrong: Mapping[str, Sequence[str]]) -> list[ParameterSet]:
    """Parameters of a test, with ``phenomenon-case`` as id; what is known to fail is expected to, for the reason given.

    Raises:
        ValueError: ``known_wrong`` names a case that does not exist, or one twice.
    """
    reasons: dict[str, str] = {}
    for reason, ids in known_wrong.items():
        for one in ids:
            if one in reasons:
                raise ValueError(f"{one!r} is listed twice as known to fail")
            reasons[one] = reason
    found = {f"{group}-{name}": case for group, members in groups.items() for name, case in members.items()}
    if unknown := set(reasons) - set(found):
        raise ValueError(f"known to fail, but no such case: {', '.join(sorted(unknown))}")
    expected = {
        one: [pytest.mark.xfail(strict=True, reason=why, raises=AssertionError)] for one, why in reasons.items()
    }
    return [pytest.param(parse(case), id=one, marks=expected.get(one, [])) for one, case in found.items()]
