"""From the figures of a text to the tolls of its events: statements, in text order, for :mod:`pipeline.tolls`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Doc, Token

from pipeline import trace
from pipeline.inflect import verb_forms
from pipeline.records import Casualty, CasualtyKind, Count, Event, Toll
from pipeline.resources import load_yaml
from pipeline.stages.casualties.groups import Group
from pipeline.stages.casualties.identity import Identities
from pipeline.syntax.grammar import clause_verb, own_subject
from pipeline.syntax.status import read_attribution
from pipeline.tolls import Statement, add_up, less_dead, total

STAGE = "casualties"
_LATER = frozenset("later succumbed subsequently".split())
_BESIDE = frozenset({"another", "also"})


@dataclass(slots=True)
class Figure:
    """A casualty in the making, with what decides its part in the toll."""

    casualty: Casualty
    statement: tuple[int, int]  # sentence, position of the word of harm
    summand: bool
    group: Group
    struck: bool = False
    care: bool = False
    person: int | None = None


def add_figures(
    doc: Doc, figures: list[Figure], events: list[Event], who: Identities, *, count_perpetrators: bool
) -> tuple[list[Casualty], list[Event]]:
    """Decide for each figure whether it counts, and give each event its casualties and toll."""
    _find_dead_of_the_hurt(doc, figures)
    for figure in figures:
        figure.person = who.of(figure.group)
    died = {f.person for f in figures if f.casualty.kind == "killed" and f.casualty.status == "asserted"} - {None}
    by_event: dict[tuple[str, CasualtyKind], list[Figure]] = defaultdict(list)
    for figure in figures:
        casualty = figure.casualty
        if casualty.event is not None and (count_perpetrators or not casualty.perpetrators):
            by_event[casualty.event, casualty.kind].append(figure)
    counted: set[str] = set()
    tolls: dict[str, dict[str, Count]] = defaultdict(dict)
    struck: dict[str, Count] = {}
    harms: dict[int, set[CasualtyKind]] = defaultdict(set)
    for figure in figures:
        harms[figure.statement[0]].add(figure.casualty.kind)
    # the dead first: "others" are others than they
    for (event_id, kind), members in sorted(by_event.items(), key=lambda item: item[0][1] != "killed"):
        real = [
            m
            for m in members
            if m.casualty.status == "asserted" and not _died_of_it(m, died, tolls[event_id].get("killed"))
        ]
        grouped = _by_statement(real)
        keys = sorted(grouped)
        dead = kind == "injured" and "killed" in tolls[event_id]
        statements = [_statement(doc, key, grouped[key], who, beside=len(harms[key[0]]) > 1, dead=dead) for key in keys]
        toll, parts = add_up(statements)
        if toll is None:
            continue
        if all(member.struck for member in real):
            struck[event_id] = toll
        else:
            tolls[event_id][kind] = toll
        for key, part in zip(keys, parts, strict=True):
            for member in grouped[key]:
                if part in ("states", "adds", "revises") and member.summand:
                    counted.add(member.casualty.id)
                trace.note(
                    STAGE,
                    "changed",
                    member.casualty.start,
                    member.casualty.end,
                    member.casualty.text,
                    part,
                    f"toll of {event_id}",
                )
    for event_id, toll in struck.items():
        injured = less_dead(toll, _dead_among(toll, by_event[event_id, "killed"], tolls[event_id].get("killed")))
        if injured is not None:
            tolls[event_id]["injured"] = injured
    _take_off_late_dead(by_event, counted, tolls)
    _drop_superseded(by_event, counted, tolls)
    casualties = [f.casualty.model_copy(update={"counted": f.casualty.id in counted}) for f in figures]
    filled = [
        event.model_copy(
            update={
                "casualties": [c.id for c in casualties if c.event == event.id],
                "toll": Toll(**tolls.get(event.id, {})),
            }
        )
        for event in events
    ]
    return casualties, filled


def _find_dead_of_the_hurt(doc: Doc, figures: list[Figure]) -> None:
    """Mark the dead that were told as hurt: "three were wounded, one of whom died"."""
    hurt: Figure | None = None
    for figure in figures:
        group = figure.group
        if figure.casualty.kind == "injured":
            hurt = figure
        elif figure.casualty.kind == "killed" and doc[group.head].tag_ == "WP" and hurt is not None:
            if hurt.statement[0] == figure.statement[0] and not hurt.struck and hurt.group.value >= group.value:
                figure.group = replace(group, of_known=False, of_hurt=True)


def _dead_among(struck: Count, dead: list[Figure], killed: Count | None) -> Count | None:
    """The dead among those who were hit: not those who did it, "two deputies were shot and a suspect was killed"."""
    doers = [figure.group for figure in dead if figure.casualty.perpetrators and figure.casualty.status == "asserted"]
    others = [figure for figure in dead if not figure.casualty.perpetrators and figure.casualty.status == "asserted"]
    return killed if others or not doers or struck.best == 1 else None


def _dead_of_the_hurt(dead: list[Figure], injured: list[Figure], counted: set[str]) -> Count | None:
    """How many of the injured are told, after them, to have died; ``None`` where none are."""
    hurt = [figure.statement for figure in injured if figure.casualty.id in counted]
    late = [f.group for f in dead if f.group.of_hurt and f.casualty.id in counted and hurt and max(hurt) < f.statement]
    return total([Statement(group.low, group.best, group.high, 0) for group in late]) if late else None


def _take_off_late_dead(
    by_event: dict[tuple[str, CasualtyKind], list[Figure]], counted: set[str], tolls: dict[str, dict[str, Count]]
) -> None:
    """Take those of the injured who died off the injured of each event; where all did, nobody counts as injured."""
    for event_id, counts in tolls.items():
        injured = by_event.get((event_id, "injured"), [])
        late = _dead_of_the_hurt(by_event.get((event_id, "killed"), []), injured, counted)
        if "injured" not in counts or late is None:
            continue
        left = less_dead(counts.pop("injured"), late)
        if left is not None:
            counts["injured"] = left
        else:
            counted.difference_update(figure.casualty.id for figure in injured)


def _died_of_it(figure: Figure, died: set[int | None], dead: Count | None) -> bool:
    """True for who was taken to hospital and is told to have died: no longer one of the injured.

    So are all of "three victims were taken to hospital" where three are dead.
    """
    if figure.casualty.kind != "injured" or figure.struck:
        return False
    group = figure.group
    all_died = figure.care and dead is not None and dead.best == group.best and not group.more and group.counted
    return figure.person in died or all_died


def _by_statement(figures: list[Figure]) -> dict[tuple[int, int], list[Figure]]:
    """The figures by the words of harm.

    Where some count the injured, those that count who was shot or was taken to hospital, dead or not, are left out.
    """
    grouped: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    all_struck = all(figure.struck for figure in figures)
    told = any(figure.group.counted and not figure.struck and not figure.care for figure in figures)
    for figure in figures:
        if (all_struck or not figure.struck) and not (told and figure.care and not figure.group.more):
            grouped[figure.statement].append(figure)
    return grouped


def _drop_superseded(
    by_event: dict[tuple[str, CasualtyKind], list[Figure]], counted: set[str], tolls: dict[str, dict[str, Count]]
) -> None:
    """A revision uncounts what it replaced: only figures that are in the final sum stay counted."""
    for (event_id, kind), members in by_event.items():
        toll = tolls.get(event_id, {}).get(kind)
        inside = [m for m in members if m.casualty.id in counted]
        if toll is None or len(inside) < 2:
            continue
        target = toll.best if toll.best is not None else toll.low
        total = sum(m.group.value for m in inside)
        if target is not None and total != target:
            last = [m for m in inside if m.group.value == target]
            if last:
                counted.difference_update(m.casualty.id for m in inside if m is not last[-1])


def _is_others(doc: Doc, group: Group) -> bool:
    """True for "two others" and for "another" alone."""
    words = [token.lower_ for token in doc[group.start : group.end]]
    return "others" in words or "other" in words or words == ["another"]


def _statement(
    doc: Doc, key: tuple[int, int], members: list[Figure], who: Identities, *, beside: bool, dead: bool
) -> Statement:
    """One word of harm with its groups.

    Args:
        beside: its sentence tells of another kind of harm, too, and "others" are others than those: "killing three and
            wounding two others".
        dead: the event has dead, and "others" may be others than they.
    """
    chosen = [member for member in members if member.summand] or members
    groups = [member.group for member in chosen]
    persons = {member.person for member in chosen}
    known = frozenset(person for person in persons if person is not None) if None not in persons else frozenset()
    figure = total([Statement(group.low, group.best, group.high, key[0]) for group in groups])
    died = members[0].casualty.rule.startswith("subject")
    nth = groups[0].ordinal if len(groups) == 1 and died else None
    if nth is not None:
        figure = Count(low=nth, best=nth, high=nth)  # "a fifth victim has died": five by now
    harm = doc[key[1]]
    speaker, verb = _speaker(doc, members, harm)
    near = doc[max(harm.sent.start, key[1] - 3) : min(harm.sent.end, key[1] + 3)]
    # "he was later taken to hospital" tells of somebody who was counted when he was hurt
    again = members[0].casualty.kind == "injured" and all(group.pronoun and not group.more for group in groups)
    later = not again and any(
        token.lower_ in _LATER or (token.lower_ in _BESIDE and token.i < harm.i) for token in near
    )
    return Statement(
        low=figure.low,
        best=figure.best,
        high=figure.high,
        sentence=key[0],
        # "a girl and two others" are three in all, "two others" are more of them
        more=all(
            (group.of_hurt and members[0].casualty.kind == "killed")
            or (group.more and not (beside and _is_others(doc, group)))
            for group in groups
        ),
        others=dead and all(_is_others(doc, group) for group in groups),
        later=later,
        of_known=any(group.of_known or (group.of_hurt and members[0].casualty.kind == "injured") for group in groups),
        toll=nth is not None or members[0].casualty.rule.startswith("death toll"),
        names=frozenset(doc[group.head].text for group in groups)
        if all(group.named for group in groups)
        else frozenset(),
        exact=all(group.counted for group in groups),
        perpetrators=all(member.casualty.perpetrators for member in members),
        vague=all(group.vague and not group.counted for group in groups),
        victims=frozenset(doc[group.head].lower_ for group in groups),
        persons=known,
        unlike=who.unlike(known) if known else frozenset(),
        differing=who.differing(known) if known else frozenset(),
        back=all(group.pronoun or group.named or doc[group.start].lower_ in _POINTING for group in groups),
        speaker=speaker.lower_ if speaker is not None else None,
        disputes=verb in _words().claiming or (speaker is not None and _disputes(speaker, harm)),
        claimed=verb in _words().claiming,
    )


_POINTING = frozenset({"the", "this", "that"})


@dataclass(frozen=True)
class _Words:
    disputing: frozenset[str]
    updating: frozenset[str]
    claiming: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = load_yaml("status.yaml")
    return _Words(
        frozenset(data["disputing"]),
        frozenset(data["updating"]),
        frozenset(form for verb in data["claiming"] for form in verb_forms(verb)),
    )


def _clause_between_semicolons(token: Token) -> tuple[int, int]:
    """The bounds of the part of a token's sentence that semicolons cut off, which cites its own source."""
    sentence = token.sent
    cuts = [other.i for other in sentence if other.text == ";"]
    first = max((cut + 1 for cut in cuts if cut < token.i), default=sentence.start)
    return first, min((cut for cut in cuts if cut > token.i), default=sentence.end)


def _disputes(speaker: Token, harm: Token) -> bool:
    """True where a figure is set against others: "other sources put the toll at 9", "earlier, police had said".

    Only the words that are said of the speaker, of his saying and between it and the word of harm tell: "and another 20
    were wounded" sets nothing against anything.
    """
    words = _words()
    first, last = sorted((speaker.i, harm.i))
    said = {token.lower_ for token in harm.doc[first : last + 1]}
    said |= {child.lower_ for child in speaker.head.children if child.dep_ in ("advmod", "mark", "npadvmod")}
    said.add(speaker.head.lower_)
    others = any(child.lower_ in _OTHER for child in speaker.children)
    return (others or bool(words.disputing & said)) and not words.updating & {token.lower_ for token in harm.sent}


_OTHER = frozenset({"other", "another", "others"})


def _speaker(doc: Doc, members: list[Figure], harm: Token) -> tuple[Token | None, str]:
    """The noun of who is cited for a figure, and the verb: also who "put the toll at 9"."""
    first, end = _clause_between_semicolons(harm)
    said = read_attribution(harm)
    if said is not None and first <= said[0].i < end:
        return said
    for token in doc[first:end]:
        if token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.lower_ == "according":
            return token, "according to"
    verb = clause_verb(harm)
    if members[0].casualty.rule.startswith("death toll") and verb.lower_ in ("put", "puts"):
        return own_subject(verb), verb.lower_
    return None, ""
