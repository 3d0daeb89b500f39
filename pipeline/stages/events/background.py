"""What a text tells besides its news: statistics, comparisons, reputations, aims and generalities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from pipeline.inflect import verb_forms
from pipeline.people import people
from pipeline.resources import load_yaml
from pipeline.stages.events.refine import padded
from pipeline.stages.events.roles import Roles
from pipeline.syntax.grammar import clause_verb, governors, own_subject, prepositional, subject

_DYING = frozenset({"died", "dies", "dying", "dead", "succumbed", "succumbs", "death"})
_HAVE = frozenset({"have", "has", "had", "'ve", "’ve"})


@dataclass(frozen=True)
class _Words:
    cumulative: frozenset[str]
    periods: tuple[str, ...]
    spans: tuple[str, ...]
    known_for: frozenset[str]
    promising: frozenset[str]
    promised: frozenset[str]
    refused: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = load_yaml("status.yaml")
    return _Words(
        frozenset(data["cumulative"]),
        tuple(f" {phrase} " for phrase in (*data["periods"], *data["rates"])),
        tuple(f" {phrase} " for phrase in data["spans"]),
        frozenset(form for verb in data["known_for"] for form in verb_forms(verb)),
        frozenset(data["promising"]),
        frozenset(data["promised_types"]),
        frozenset(data["refused_types"]),
    )


def is_statistic(head: Token, sentence: Sequence[str]) -> bool:
    """True for what a whole time adds up to: "thousands have died since the war began", "killings so far this year",
    or to on average: "killings per 100,000 people".
    """
    perfect = any(child.dep_ == "aux" and child.lower_ in _HAVE for child in head.children)
    found = subject(head) if perfect else None
    if found is not None and found[0].tag_ in ("NN", "NNP"):
        return False  # "a monk has been killed in the violence" is one deed
    if perfect and any(word in _words().cumulative or _since_long(sentence, i) for i, word in enumerate(sentence)):
        return True
    text = padded(sentence)
    if head.tag_ == "NNS":
        return any(phrase in text for phrase in _words().periods)
    return any(phrase in text for phrase in _words().spans) and _adds_up(head)


def _adds_up(verb: Token) -> bool:
    """True for "attacks … have killed 40 and wounded 90": what several did, told as done by now."""
    while verb.dep_ == "conj" and verb.head.tag_.startswith("VB"):
        verb = verb.head
    if not any(child.dep_ == "aux" and child.lower_ in _HAVE for child in verb.children):
        return False
    return any(child.dep_ == "nsubj" and child.tag_ in ("NNS", "NNPS") for child in verb.children)


def _since_long(sentence: Sequence[str], position: int) -> bool:
    """True at "since 2014" and "since the coup", not at "since Monday"."""
    following = sentence[position + 1] if position + 1 < len(sentence) else ""
    return sentence[position] == "since" and (
        following in ("the", "it", "last") or following.isdigit() or following in _MONTHS
    )


_MONTHS = frozenset("january february march april may june july august september october november december".split())
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_BEFORE = frozenset({"earlier", "previous", "prior", "preceding"})


def is_told_before(head: Token, *, published: str | None = None) -> bool:
    """True for the harm of earlier happenings told beside the news: "the earlier two killed ten", "in the 1994 war".

    Args:
        published: ISO date of the article; what happened in its year is no earlier happening.
    """
    verb = clause_verb(head)
    for _, noun in prepositional(verb, frozenset({"in"})):
        if any(_is_past_year(child, noun, published) for child in noun.children):
            return True
    for teller in (verb, verb.head):  # "the previous ones had left 22 dead"
        found = own_subject(teller)
        if found is None or found.i > head.i or (people().is_person(found.lower_) and found.lower_ != "ones"):
            continue
        if found.lower_ in _BEFORE or any(child.lower_ in _BEFORE for child in found.children):
            return True
    return False


def _is_past_year(number: Token, noun: Token, published: str | None) -> bool:
    """True for the year in "the 1994 war", not for the number of "the 1700 block of Elm Street"."""
    if not _YEAR.fullmatch(number.text) or number.i > noun.i or number.ent_type_ not in ("DATE", "EVENT"):
        return False
    if noun.lower_ in _NUMBERED or people().is_person(noun.lower_):
        return False
    return published is None or int(number.text) < int(published[:4])


_NUMBERED = frozenset({"block", "blocks", "homes", "houses", "villages"})
_ONE_OF = frozenset({"one", "part", "series"})


def is_one_of(head: Token) -> bool:
    """True for the series that the news is one of: "one of four related attacks, in which 15 people died"."""
    of = head.head
    return head.tag_ == "NNS" and head.dep_ == "pobj" and of.lower_ == "of" and of.head.lower_ in _ONE_OF


def is_reputation(head: Token) -> bool:
    """True inside "suspected of killing four people": a deed told to say who somebody is."""
    above = head.head
    if head.dep_ not in ("pcomp", "pobj") or above.lower_ not in ("of", "with", "for", "in", "over"):
        return False
    return above.head.lower_ in _words().known_for and above.head.dep_ in ("acl", "relcl", "amod")


def is_comparison(head: Token) -> bool:
    """True inside "a day after twin blasts …", "follows the kidnapping": what came before is told beside the news.

    But what somebody died of is the news: "died a week after the shooting".
    """
    below = head
    for above in governors(head):
        if below.dep_ in ("advcl", "pcomp", "pobj", "prep"):
            marks = [
                token
                for token in (*below.children, above)
                if token.lower_ in ("after", "since", "before") and token.dep_ in ("mark", "prep")
            ]
            timed = [child for token in (*marks, *([below] if marks else [])) for child in token.children]
            if any(child.dep_ == "npadvmod" and child.i < mark.i for child in timed for mark in marks):
                return not any(token.lower_ in _DYING for token in (above, above.head))
        if above.lower_ == "follows" and below.dep_ == "dobj" and below.i == head.i:
            return True
        if above.dep_ == "ROOT":
            break
        below = above
    return False


def is_generality(head: Token, roles: Roles) -> bool:
    """True for violence in general: "protocols to prevent clashes", "any hostile act"."""
    if not head.tag_.startswith("NN"):
        return False
    determiners = {child.lower_ for child in head.children if child.dep_ == "det"}
    return "any" in determiners or (head.tag_ == "NNS" and not determiners and not roles.source)


def is_aim(status: str, cue: str) -> bool:
    """True for policy that is only aimed at or claimed as a right: "to ease tensions"."""
    return status == "hypothetical" and cue in ("to", "right", "rights", "effort", "efforts", "any")


def announced(head: Token, type_: str, status: str, cue: str) -> str | None:
    """The deed that an announcement is by itself: "will hold talks" agrees to, "will not lift the ban" refuses."""
    words = _words()
    if not any(c.dep_ == "aux" and c.lower_ in words.promising for c in (*head.children, *head.head.children)):
        return None
    if status == "negated" and type_ in words.refused:
        return "reject"
    return "agree" if status == "hypothetical" and type_ in words.promised and cue in words.promising else None
