"""Words that say that people came to harm, read from ``models/harm.yaml``.

The events stage takes them as mentions of what happened, the casualties stage as the places to look for figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, cast

from spacy.tokens import Doc, Token

from pipeline.errors import ResourceError, nearest
from pipeline.records import CasualtyKind
from pipeline.resources import load_yaml
from pipeline.wordtable import WordClass, WordTable

Voice = Literal["transitive", "intransitive", "state", "noun", "lives"]
_WORD_CLASS: dict[str, WordClass] = {
    "transitive": "verb",
    "intransitive": "verb",
    "state": "adjective",
    "noun": "noun",
    "lives": "verb",
}


_STRENGTHS = ("violent", "neutral", "mixed")
_NEED_NUMBER = frozenset({"bodies", "corpses", "body", "corpse"})
_BEFORE_NUMBERS = frozenset(
    "at more over up nearly about around almost dozens several scores hundreds some many".split()
)
_VAGUE = frozenset("dozens several scores hundreds thousands many dozen".split())


@dataclass(frozen=True, slots=True)
class HarmWord:
    """``violent``: somebody did it on purpose. ``struck``: who was hit, whatever came of it ("shot").

    ``care``: what is done for the hurt ("taken to hospital"), which by itself does not say what hurt them. ``mixed``:
    it is said of things as well ("burned", "seized"), and an unknown noun is no victim.
    """

    kind: CasualtyKind
    voice: Voice
    violent: bool
    struck: bool = False
    care: bool = False
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Harm:
    """A word or phrase of harm: first token, last token, its verb or noun, and what it says.

    ``gap`` tells that its victims stand inside, as in "shot two men dead".
    """

    start: int
    last: int
    head: int
    gap: bool
    word: HarmWord


@lru_cache(maxsize=1)
def harm_table() -> WordTable[HarmWord]:
    """The words of harm, compiled once per process."""
    table: WordTable[HarmWord] = WordTable()
    kinds: dict[CasualtyKind, dict[str, Any]] = load_yaml("harm.yaml")
    for kind, sections in kinds.items():
        for section, content in sections.items():
            for words, word in _entries(kind, section, content):
                for entry in words:
                    table.add(entry, _WORD_CLASS[word.voice], word)
    return table


def _entries(kind: CasualtyKind, section: str, content: Any) -> Iterator[tuple[list[str], HarmWord]]:
    """The lists of words in one section of the file, each with what its words say."""
    if section in ("phrases", "struck", "care"):
        for voice, words in content.items():
            _check(voice, _WORD_CLASS, f"{kind}: {section}")
            violent = voice == "transitive" and (section == "struck" or (section == "phrases" and kind == "killed"))
            yield words, HarmWord(kind, voice, violent, struck=section == "struck", care=section == "care")
        return
    _check(section, _WORD_CLASS, kind)
    if isinstance(content, dict):
        for strength, words in content.items():
            _check(strength, _STRENGTHS, f"{kind}: {section}")
            yield words, HarmWord(kind, cast("Voice", section), strength == "violent", mixed=strength == "mixed")
    else:
        yield content, HarmWord(kind, cast("Voice", section), False)


def _check(key: str, known: Iterable[str], where: str) -> None:
    if key not in known:
        raise ResourceError(f"harm.yaml: {where}: no list {key!r}.{nearest(key, known)}")


def find_harm(doc: Doc, lower: Sequence[str], start: int, stop: int) -> list[Harm]:
    """Words of harm at tokens ``[start, stop)``, one sentence, longest match first, not overlapping."""
    table = harm_table()
    found: list[Harm] = []
    used: set[int] = set()
    for position in range(start, stop):
        if position in used or lower[position] not in table:
            continue
        for match in table.matches(lower, position, stop):
            word = match.entry.value
            if _tag_fits(doc, match.start, word, bool(match.entry.rest), stop):
                found.append(Harm(match.start, match.last, _head(doc, match.start, match.last, word), match.gap, word))
                used.update({match.start, match.last} if match.gap else range(match.start, match.last + 1))
                break
    return found


def _is_found(doc: Doc, position: int) -> bool:
    """True for "the body of a farmer was found" and "a man's body was discovered"."""
    owned = doc[position - 1].tag_ == "POS" or doc[position - 1].lower_ in ("his", "her")
    of = position + 1 < len(doc) and doc[position + 1].lower_ == "of"
    near = doc[max(0, position - _FOUND_BEFORE) : position + _FOUND_WITHIN]
    return (owned or of) and any(
        token.lower_ in _FOUND and token.sent == doc[position].sent and _is_what(doc[position], token) for token in near
    )


def _is_what(body: Token, verb: Token) -> bool:
    """True where the body is what was found, not where something was found on it: "bruises on his body"."""
    if body.dep_ in ("nsubjpass", "nsubj"):
        # "was burned and dumped" by its first verb, "the body of a man, kidnapped in May, was found" by its last
        return body.i < verb.i and not {verb.i, verb.head.i}.isdisjoint((body.head.i, body.head.head.i))
    if body.dep_ == "dobj" and body.head.i == verb.i:
        return True
    if verb.dep_ in ("acl", "relcl", "advcl") and verb.head.i == body.i:
        return True
    # headlines, which the parser often fails: "Missing woman's body found in river"
    return body.i < verb.i and body.dep_ not in ("pobj", "dobj", "nsubj", "nsubjpass")


_FOUND = frozenset("found discovered recovered dumped exhumed retrieved".split())
_FOUND_BEFORE, _FOUND_WITHIN = 4, 16


def _counts_ahead(doc: Doc, position: int) -> bool:
    """True before a number or a word for one: "kills at least 3", not "a double murder at a party"."""
    return any(token.tag_ == "CD" or token.lower_ in _VAGUE for token in doc[position : position + 3])


def _is_other_critical(doc: Doc, position: int, stop: int) -> bool:
    """True in "others critical of the regime" and "five critical journalists": no state that anybody is in."""
    following = doc[position + 1] if position + 1 < stop else None
    if following is None:
        return False
    modifies = doc[position].dep_ == "amod" and doc[position].head.i > position
    return following.lower_ == "of" or following.tag_.startswith("NN") or modifies


def _head(doc: Doc, start: int, last: int, word: HarmWord) -> int:
    """The phrase's verb ("fatally shot"), or its last word where it is a noun ("death toll")."""
    if word.voice == "noun":
        return last
    return next((i for i in range(start, last + 1) if doc[i].tag_.startswith("VB")), start)


def _tag_fits(doc: Doc, position: int, word: HarmWord, phrase: bool, stop: int) -> bool:
    """True if the token's tag allows the reading; taggers err on headlines, so a doubtful tag needs a number beside."""
    token = doc[position]
    tag = token.tag_
    if word.voice == "lives":
        # "claimed 12 lives", "took the lives of", not "claim their right to a decent life"
        return any(
            t.tag_ == "CD" or t.lower_ in ("the", "many", "several", "dozens") for t in doc[position + 1 : position + 4]
        )
    if phrase:
        return True
    if token.lower_ in _NEED_NUMBER:
        return position > 0 and (doc[position - 1].tag_ == "CD" or _is_found(doc, position))
    if word.voice in ("transitive", "intransitive"):
        if tag.startswith("VB"):
            return True
        if tag == "JJ" or tag.startswith("NNP"):
            return token.lower_.endswith(("ed", "wn", "in", "rt"))
        # "IED blast kills 3"
        following = doc[position + 1] if position + 1 < stop else None
        counts = following is not None and (
            following.tag_ in ("CD", "DT") or (following.lower_ in _BEFORE_NUMBERS and _counts_ahead(doc, position + 1))
        )
        if word.voice == "intransitive" and position > 0 and doc[position - 1].tag_ in ("CD", "NNS"):
            return tag in ("NN", "NNS", "NNP", "JJ")  # "4 die, 9 hurt"
        return tag in ("NNS", "NN") and not token.lower_.endswith("ing") and counts
    if token.lower_ == "critical":  # "one dead, another critical"
        beside = position > 0 and (doc[position - 1].tag_ == "CD" or doc[position - 1].lower_ in ("another", "others"))
        return beside and not _is_other_critical(doc, position, stop)
    if word.voice == "state":
        if tag == "RB" and position + 1 < stop and doc[position + 1].tag_.startswith("VB"):
            return False  # "fatally striking a boy" is said of the boy, "shot fatally" of who was shot
        return tag.startswith(("JJ", "VB", "NN", "RB"))
    if word.voice == "noun":
        return tag.startswith("NN") or (
            tag == "VBG" and position > 0 and doc[position - 1].tag_ in ("DT", "JJ", "POS", "PRP$")
        )
    return tag.startswith("VB")
