"""From the figures of a text to the toll of an event: parts add up once, restatements replace, revisions win.

The unit is the *statement*: one word of harm with the groups that it is said of ("killing 12 soldiers and 4
civilians" is one statement of 16). :func:`add_up` reads the statements of one event and one kind of harm in text
order and decides for each whether it states the toll, adds to it, revises it, or repeats or details what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.numbers import parse_number
from pipeline.records import Count

Part = Literal["states", "adds", "revises", "repeats", "details", "rivals"]


@dataclass(frozen=True, slots=True)
class Statement:
    """The figures of one word of harm, summed, and what its words say about other statements.

    Attributes:
        low, best, high: the sum over its groups; ``None`` where a group leaves the bound open.
        sentence: index of its sentence in the text.
        more: its words add to an earlier figure ("another", "others").
        others: it counts "others" in a text that tells of dead: others than they, or than the hurt told of before.
        later: it tells of what came later or beside ("later died", "was also killed").
        of_known: its words pick from an earlier figure ("two of them", "the victim").
        toll: it is the running total itself ("the death toll rose to 17").
        names: names of the victims, where the text names them one by one.
        exact: a number in the text counts them, rather than grammar ("a woman") or a vague word.
        vague: no number and no singular, only "soldiers" or "several": it says that there were some.
        perpetrators: those who did it; their dead stand beside the victims, never among them.
        struck: it counts who was hit, the dead among them ("four were shot, one of them died").
        victims: head nouns of the victims, lower case.
        persons: ids of the victims, where each is one person whom the text tells of.
        unlike: ids of all people who by name or by age are none of those.
        differing: the same by sex or role as well, which are often read wrongly.
        back: its words point back to people told of before ("he later died").
        speaker: the noun of who is cited for it.
        disputes: its words set it against other figures ("other sources put the toll at 9", "while the army said").
        claimed: its speaker only claims it.
    """

    low: int | None
    best: int | None
    high: int | None
    sentence: int
    more: bool = False
    others: bool = False
    later: bool = False
    of_known: bool = False
    toll: bool = False
    names: frozenset[str] = frozenset()
    exact: bool = True
    vague: bool = False
    perpetrators: bool = False
    struck: bool = False
    victims: frozenset[str] = frozenset()
    persons: frozenset[int] = frozenset()
    unlike: frozenset[int] = frozenset()
    differing: frozenset[int] = frozenset()
    back: bool = False
    speaker: str | None = None
    disputes: bool = False
    claimed: bool = False

    @property
    def value(self) -> int | None:
        return next((value for value in (self.best, self.low, self.high) if value is not None), None)


def add_up(statements: Sequence[Statement]) -> tuple[Count | None, list[Part]]:
    """The toll that the statements amount to, and the part that each plays in it.

    Returns:
        ``None`` as the toll where no statement gives a figure.
    """
    parts: list[Part] = []
    counting: list[int] = []  # statements whose sum is the toll so far
    names: set[str] = set()
    persons: set[int] = set()
    doers = {person for s in statements if s.perpetrators for person in s.persons}
    others = [s for s in statements if not s.perpetrators]
    # "both the gunman and his daughter died" counts the two sides together
    if others and len(others) < len(statements) and not any(s.persons & doers for s in others):
        return _beside(statements)
    known = any(not statement.vague and statement.value is not None for statement in statements)
    for position, statement in enumerate(statements):
        if statement.vague and known:
            parts.append("details")
            continue
        part = _part(statement, [statements[index] for index in counting], names, persons, _spelt(statements, parts))
        parts.append(part)
        names |= statement.names
        persons |= statement.persons
        if part == "adds":
            counting.append(position)
        elif part in ("states", "revises"):
            counting = [position]
    _find_total(statements, parts, counting)
    counting = [index for index in counting if parts[index] in ("states", "adds", "revises")]
    if not counting:
        return None, parts
    rivals = [statement for statement, part in zip(statements, parts, strict=True) if part == "rivals"]
    return widened(total([statements[index] for index in counting]), rivals), parts


def widened(count: Count, rivals: Sequence[Statement]) -> Count:
    """The count with its bounds opened to what other sources say: 12 against 15 is 12/12/15.

    A bound that one of them leaves open is open: 12 against "at least 15" is 12/12/null.
    """
    low, high = count.low, count.high
    for rival in rivals:
        low = min(low, rival.low) if low is not None and rival.low is not None else None
        high = max(high, rival.high) if high is not None and rival.high is not None else None
    return Count(low=low, best=count.best, high=high)


def _is_of_another_source(statement: Statement, counting: Sequence[Statement]) -> bool:
    """True for another source's figure for the same people."""
    if not statement.exact or statement.speaker in (None, "it", "he", "she", "they"):
        return False
    if statement.more or statement.of_known or statement.persons or statement.others:
        return False
    wider = statement.victims <= _EVERYBODY and (statement.value or 0) > sum(item.value or 0 for item in counting)
    if wider and not any(_is_open(item.victims) for item in counting):
        return False  # "two officers were killed … seven people were killed": the officers are among them
    return all(
        item.exact and item.speaker != statement.speaker and _may_be_same(item.victims, statement.victims)
        for item in counting
    )


_EVERYBODY = frozenset({"people", "persons", "individuals"})


_ANYBODY = frozenset("people persons individuals victims dead bodies deaths fatalities members casualties".split())


def _may_be_same(first: frozenset[str], second: frozenset[str]) -> bool:
    """True for head nouns that can name the same people, numbers without a noun among them."""
    return _is_open(first) or _is_open(second) or bool((first & second) - _ANYBODY)


def _is_open(nouns: frozenset[str]) -> bool:
    """True for head nouns that say nothing of who the people are: "people", and a number without a noun."""
    return all(noun in _ANYBODY or parse_number([noun]) is not None for noun in nouns)


def _beside(statements: Sequence[Statement]) -> tuple[Count | None, list[Part]]:
    """The victims' toll and the perpetrators', each by itself, and their sum."""
    parts: list[Part] = ["details"] * len(statements)
    counts: list[Count] = []
    for side in (False, True):
        members = [index for index, statement in enumerate(statements) if statement.perpetrators is side]
        count, found = add_up([statements[index] for index in members])
        for index, part in zip(members, found, strict=True):
            parts[index] = "adds" if part == "states" and side else part
        if count is not None:
            counts.append(count)
    if not counts:
        return None, parts
    whole = _both_sides(statements)
    if whole is not None:
        return total([statements[whole]]), ["states" if index == whole else "details" for index in range(len(parts))]
    return total([Statement(count.low, count.best, count.high, 0) for count in counts]), parts


def _both_sides(statements: Sequence[Statement]) -> int | None:
    """The statement that counts the dead of both sides together, by its index.

    "Husband killed wife, then himself … a man and a woman were found dead." It comes after both: the two of "killed
    two people, then himself. His wife was one of them" are one side alone.
    """
    for index, statement in enumerate(statements):
        if statement.perpetrators or (statement.value or 0) < 2:
            continue
        told = {other.perpetrators for other in statements[:index] if other.value and not other.vague}
        if len(told) < 2:
            continue
        rest = [other for other in statements if other is not statement and not other.of_known]
        sides = [add_up([other for other in rest if other.perpetrators is side])[0] for side in (False, True)]
        if all(sides) and statement.value == sum(side.best or 0 for side in sides if side is not None):
            return index
    return None


def less_dead(injured: Count, killed: Count | None) -> Count | None:
    """The injured among those who were hit: all of them less the dead; ``None`` where that leaves nobody."""
    dead = next((value for value in (killed.best, killed.low, killed.high) if value is not None), 0) if killed else 0
    if not dead:
        return injured
    left = {
        bound: None if (v := getattr(injured, bound)) is None else max(0, v - dead) for bound in ("low", "best", "high")
    }
    return Count(**left) if any(left.values()) else None


def total(statements: Sequence[Statement]) -> Count:
    """The sum, bound by bound: an open ``best`` or ``high`` is open in the sum, an open ``low`` adds nothing."""
    lows = [statement.low for statement in statements]
    bests = [statement.best for statement in statements]
    highs = [statement.high for statement in statements]
    if len(statements) == 1:
        return Count(low=lows[0], best=bests[0], high=highs[0])
    # A sum is at least the sum of the lower bounds that are known.
    low = sum(value for value in lows if value is not None) if any(value is not None for value in lows) else None
    best = None if None in bests else sum(value for value in bests if value is not None)
    high = None if None in highs else sum(value for value in highs if value is not None)
    return Count(low=low, best=best, high=high)


def _part(statement: Statement, counting: Sequence[Statement], names: set[str], persons: set[int], spelt: int) -> Part:
    """What a statement does to the toll so far, which ``counting`` sums up to.

    Args:
        names, persons: who was told of before.
        spelt: how many of the toll the statements just before have spelt out.
    """
    value = statement.value
    if value is None:
        return "details"
    if not counting:
        return "states"
    so_far = sum(item.value or 0 for item in counting)
    if so_far == 0:
        return "revises" if value else "repeats"
    if value == 0:
        return "details"
    if value != so_far and _is_of_another_source(statement, counting):
        if all(item.claimed for item in counting) and not statement.claimed:
            return "revises"  # what is only claimed gives way
        if statement.disputes or (statement.sentence == counting[-1].sentence and counting[-1].speaker is not None):
            return "rivals"
    own = _by_its_words(statement, counting, persons, spelt)
    if own is not None:
        return own
    if statement.names and all(item.names for item in counting):
        return "repeats" if statement.names & names else "adds"
    if statement.persons and all(item.persons and item.persons <= statement.unlike for item in counting):
        return "adds"
    if value == so_far:
        # "Five dead" in the headline, "at least five" in the story: the more careful words count
        return "revises" if statement.high is None and counting[-1].high is not None else "repeats"
    same_sentence = statement.sentence == counting[-1].sentence
    if same_sentence and statement.exact and counting[-1].exact:
        return "adds"
    if value > so_far:
        return "revises"
    if same_sentence and not statement.victims & counting[-1].victims:
        return "adds"
    return "details"


def _by_its_words(statement: Statement, counting: Sequence[Statement], persons: set[int], spelt: int) -> Part | None:
    """The part that a statement's own words give it, whatever its figure; ``None`` where they give none."""
    if statement.toll:
        return "revises"
    if statement.of_known or (counting[-1].toll and counting[-1].sentence == statement.sentence):
        return "details"  # "the toll rose to 34 after several of the wounded died"
    if statement.persons and statement.persons <= persons:
        return "repeats"
    value, so_far = statement.value or 0, sum(item.value or 0 for item in counting)
    if statement.others and value <= so_far and statement.sentence != counting[-1].sentence:
        return "repeats"  # "one was killed and five others hurt … the five others are expected to survive"
    # "five were shot: … a driver was also shot", "two are critical … two others were released" spell out the toll
    if spelt and counting[-1].exact and ((statement.later and statement.persons) or spelt + value <= so_far):
        return "details"
    if statement.back and statement.later and statement.persons and not statement.more:
        told = {person for item in counting for person in item.persons}
        if told and not told <= statement.differing:
            return "repeats"  # "a child has died … the girl was flown to hospital, where she later died"
    if statement.more or statement.later:
        return "adds"
    return None


def _spelt(statements: Sequence[Statement], parts: Sequence[Part]) -> int:
    """The sum of the statements just before that detail the toll."""
    spelt = 0
    for part, statement in zip(reversed(parts), reversed(statements[: len(parts)]), strict=True):
        if part != "details":
            break
        spelt += 0 if statement.vague else statement.value or 0
    return spelt


def _find_total(statements: Sequence[Statement], parts: list[Part], counting: list[int]) -> None:
    """Where one counted statement is the sum of all others, it is the total and they detail it."""
    if len(counting) < 3:
        return
    values = [statements[index].value or 0 for index in counting]
    for position, value in enumerate(values):
        if value * 2 == sum(values):
            for other, index in enumerate(counting):
                parts[index] = "states" if other == position else "details"
            return
