"""Figures of nouns of harm: "12 deaths", "the toll rose to 17", "a double murder", "estimates run from 5 to 8"."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from pipeline.harm import Harm
from pipeline.numbers import RISING
from pipeline.stages.casualties.coordination import containing, coordination_right
from pipeline.stages.casualties.groups import Group


def ranged(doc: Doc, sentence: Span, groups: list[Group], harm: Harm, harms: list[Harm]) -> int | None:
    """The range that figures are said to lie in: "estimates of those killed run from 105 to 141"."""
    if len(harms) > 1 or not any(token.lower_ in _ACCOUNTS for token in doc[sentence.start : harm.start]):
        return None
    for index, group in enumerate(groups):
        if group.start > harm.last and group.counted and group.low is not None and group.high is not None:
            before = {token.lower_ for token in doc[max(harm.last + 1, group.start - 2) : group.start + 1]}
            if group.low < group.high and before & _VARY and not group.included:
                return index
    return None


_VARY = frozenset(
    "range ranges ranged ranging vary varies varied varying run runs ran differ differs differed from at "
    "anywhere".split()
)
_ACCOUNTS = frozenset(
    "account accounts estimate estimates figure figures number numbers report reports toll tolls claims".split()
)


def of_noun(doc: Doc, sentence: Span, groups: list[Group], harm: Harm, harms: list[Harm]) -> tuple[list[int], str]:
    """Figures of a noun: "12 deaths", "the deaths of 12 people", "the death toll rose to 17", "claimed 12 lives"."""
    inside = containing(groups, harm.last)
    if inside is not None and groups[inside].counted:
        if groups[inside].best == 0 and _of_a_kind(doc, groups[inside]):
            return [], ""
        return [inside], "counted noun"
    if harm.word.voice == "lives":
        for index, group in enumerate(groups):
            if harm.start < group.start and group.end <= harm.last + 1 and group.counted:
                return [index], "lives"
    after = harm.last + 1
    if after < sentence.end and (
        doc[after].lower_ == "of" or (doc[after].lower_ == "to" and harm.word.kind == "injured")
    ):
        for index, group in enumerate(groups):
            if group.start > after:
                if group.start - after <= 3:
                    return coordination_right(doc, groups, index, harms), "of"
                break
    if "toll" in doc[harm.last].lower_ or doc[harm.last].lower_ == "count" or doc[harm.start].lower_ == "number":
        # the last number that the toll is said to reach: "rose from 12 to 17"
        reached = [
            index for index, group in enumerate(groups) if group.counted and harm.last < group.start <= harm.last + 14
        ]
        toll = next(
            (
                i
                for i in reached
                if doc[groups[i].start - 1].lower_
                in (
                    "to",
                    "at",
                    "of",
                    "reached",
                    "reaching",
                    ":",
                    "is",
                    "was",
                    "hit",
                    "stands",
                    "stood",
                    "passed",
                    "topped",
                    "exceeded",
                    "risen",
                    "near",
                    "hits",
                    "past",
                    "tops",
                    "exceeds",
                    "rises",
                )
            ),
            None,
        )
        risen = next((i for i in reversed(reached) if _has_risen_to(doc, groups[i].start)), toll)
        return ([risen], "death toll") if risen is not None else ([], "")
    several = _multiple(doc, sentence, harm)
    if several is not None:
        groups.append(several)
        return [len(groups) - 1], "counted noun"
    return _of_possessor(doc, sentence, groups, harm)


def _of_possessor(doc: Doc, sentence: Span, groups: list[Group], harm: Harm) -> tuple[list[int], str]:
    """The one person of "his death" and "the mayor's killing"."""
    before = harm.start - 1
    while before > sentence.start and doc[before].tag_ == "JJ":
        before -= 1
    if before >= sentence.start and doc[before].lower_ in ("his", "her") and doc[harm.last].tag_ == "NN":
        groups.append(Group(before, before + 1, before, 1, 1, 1, None, False, pronoun=True))
        return [len(groups) - 1], "possessor"
    if harm.start > sentence.start and doc[harm.start - 1].tag_ == "POS":
        owner = containing(groups, harm.start - 2)
        if owner is not None and groups[owner].best == 1:
            return [owner], "possessor"
    return [], ""


def _multiple(doc: Doc, sentence: Span, harm: Harm) -> Group | None:
    """The dead of "a double murder". A "double bombing" was two bombs, and its death toll is another matter."""
    before = harm.start - 1
    if before < sentence.start or harm.word.struck or doc[harm.last].lower_ not in _KILLINGS:
        return None
    count = _MULTIPLE.get(doc[before].lower_)
    if count is None:
        return None
    return Group(before, before + 1, before, count, count, count, None, True, figure=(before, before + 1))


_KILLINGS = frozenset("killing killings murder homicide execution lynching beheading shooting stabbing".split())
_MULTIPLE = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5}


def _has_risen_to(doc: Doc, start: int) -> bool:
    """True behind "climbed to": a toll "first put at three" that "climbed to six" is six."""
    return start > 1 and doc[start - 1].lower_ == "to" and doc[start - 2].lower_ in RISING


def _of_a_kind(doc: Doc, group: Group) -> bool:
    """True for "none of the injuries", "no serious injuries": there are others. "No reported deaths" says of none."""
    after = group.figure[1] if group.figure else group.start + 1
    return group.of_known or any(token.tag_ in ("JJ", "HYPH") for token in doc[after : group.head])
