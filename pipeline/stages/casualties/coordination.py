"""Groups that are said in one breath: coordinations, appositions, and which groups of one statement add up."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Doc

from pipeline.harm import Harm
from pipeline.stages.casualties.groups import REFLEXIVE, Group

BE = frozenset("is are was were be been being am get gets got getting gotten has have had 's 're ’s ’re".split())
# Between two groups of one coordination: "12 soldiers and 4 civilians".
_JOINERS = frozenset(
    ", | and | & | or | plus | , and | , or | as well as | , as well as | along with | , along with | together with | "
    ", together with | and also | and another | , plus | both | alongside".split(" | ")
)
_ASIDE = frozenset({"according", "besides", "except"})


def containing(groups: list[Group], token: int) -> int | None:
    """The index of the group that a token is in."""
    return next((index for index, group in enumerate(groups) if group.start <= token < group.end), None)


def _without_apposition(doc: Doc, start: int, end: int) -> list[str]:
    """The words between two groups, less what describes the first: ", an expert in bombs, and" is ", and"."""
    words = [doc[i].lower_ for i in range(start, end)]
    if len(words) > 3 and words[0] == "," and words[1] in ("a", "an", "the") and words[-2:] == [",", "and"]:
        inside = doc[start + 1 : end - 2]
        if all(token.tag_ in _DESCRIBING for token in inside) and len(inside) <= _LONGEST_DESCRIPTION:
            return [",", "and"]
    return _without_ages(words)


_DESCRIBING = frozenset("DT JJ NN NNS NNP NNPS IN CD HYPH POS VBN PRP$".split())
_LONGEST_DESCRIPTION = 10


def _without_ages(words: list[str]) -> list[str]:
    """The words between two names, less an age: ", 34, and" and ", 34; and" are ", and"."""
    if len(words) >= 3 and words[0] == "," and words[1].isdigit() and words[2] in (",", ";"):
        return [",", *words[3:]]
    return words


def coordination(doc: Doc, groups: list[Group], index: int, *, leftwards: bool) -> list[int]:
    """Indexes of the groups that are coordinated with ``groups[index]`` on one side, in text order.

    "12 soldiers, a driver and 4 civilians": from the first, all three.
    """
    chain = [index]
    # victims that the parser alone knows stand at the end of the list, wherever they are in the text
    order = sorted(range(len(groups)), key=lambda i: groups[i].start)
    step = -1 if leftwards else 1
    position = order.index(index)
    while 0 <= position + step < len(groups):
        first, second = sorted((position, position + step))
        left, right = groups[order[first]], groups[order[second]]
        between = _without_apposition(doc, left.end, right.start)
        if " ".join(between) not in _JOINERS or left.included != right.included:
            break
        if left.pronoun and not left.counted and doc[left.head].lower_ not in REFLEXIVE:
            break
        if _ASIDE & {doc[i].lower_ for i in range(max(0, left.start - 3), left.start)}:
            break  # "according to doctors, nine people were killed", "besides the bomber, and 19 were hurt"
        if (
            not leftwards
            and "and" not in between
            and right.end < len(doc)
            and doc[right.end].tag_ in ("VBD", "VBZ")
            and not right.counted
        ):
            break  # "wounding 30, governor Ruiz said"
        position += step
        chain.append(order[position])
    return sorted(chain, key=lambda i: groups[i].start)


def coordination_right(doc: Doc, groups: list[Group], index: int, harms: list[Harm]) -> list[int]:
    """The coordination from ``index`` rightwards, less what the next word of harm claims for itself."""
    chain = coordination(doc, groups, index, leftwards=False)
    kept = [chain[0]]
    for member in chain[1:]:
        group = groups[member]
        following = next((harm for harm in harms if harm.start >= group.end), None)
        if any(group.start <= other.start < group.end and other.start > groups[index].head for other in harms):
            break  # "the death of one person and ten injuries"
        if following is not None and following.word.voice != "noun":
            between = [doc[i] for i in range(group.end, following.start)]
            if len(between) <= 3 and all(token.lower_ in BE or token.tag_ in ("RB", "MD") for token in between):
                break
        kept.append(member)
    return kept


def descriptions(doc: Doc, groups: list[Group], chosen: list[int]) -> set[int]:
    """Those of the chosen groups that only describe the person before them.

    "Fernando Ruiz, 34, a teacher and father of two": one person by name and by two descriptions.
    """
    described: set[int] = set()
    for before, index in pairwise(chosen):
        left, right = groups[before], groups[index]
        between = _without_ages([doc[i].lower_ for i in range(left.end, right.start)])
        apposition = between in ([], [","], ["("], ["-"], ["–"], [":"])
        if between == [","] and left.best == right.best == 2 and doc[right.start].lower_ == "both":
            described.add(index)  # "two brothers, both contractors"
            continue
        if left.best != 1 or right.best != 1:
            continue
        # one determiner for both: "a teacher and father", yet "a father and son" are two where nobody is named before
        shared = before in described and between == ["and"] and right.start == right.head and not right.named
        if (apposition and left.named != right.named) or shared:
            described.add(index)
    return described


def summands(doc: Doc, groups: list[Group], chosen: list[int]) -> list[Group]:
    """The groups of one statement whose counts add up: descriptions left out, and unnumbered company as well.

    "19 police officers and cadets" is 19, "Fernando Ruiz, a teacher" is one.
    """
    described = descriptions(doc, groups, chosen)
    kept = [groups[index] for index in chosen if index not in described]
    numbered = [group for group in kept if group.best is not None or (group.low is not None and not group.vague)]
    return numbered or kept
