"""Words that speak of events: the trigger lexicon over one sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc, Span, Token

from pipeline.errors import ResourceError, nearest
from pipeline.harm import Harm, find_harm
from pipeline.resources import load_yaml
from pipeline.wordtable import WordTable

TriggerClass = Literal["verb", "noun", "means"]
_IMPACT_SUBJECT = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class TriggerWord:
    """What the lexicon says of a word: its type and how it is used."""

    type: str
    word_class: TriggerClass


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that speaks of an event.

    ``start``/``end`` bound its tokens (end exclusive), ``head`` is the token that syntax hangs on, ``last`` the last
    word of the phrase, behind ``end`` where other words stand between. A trigger that is a word of harm carries it; its
    type is then ``violence`` or ``death``, to be settled by what it is linked to.
    """

    start: int
    end: int
    head: int
    type: str
    word_class: TriggerClass
    last: int
    harm: Harm | None = None


@lru_cache(maxsize=1)
def trigger_table() -> WordTable[TriggerWord]:
    """The trigger lexicon, compiled once per process."""
    classes: dict[str, TriggerClass] = {"verbs": "verb", "nouns": "noun", "means": "means"}
    table: WordTable[TriggerWord] = WordTable()
    for type_, sections in load_yaml("triggers.yaml").items():
        for section, phrases in sections.items():
            if section not in classes:
                raise ResourceError(f"triggers.yaml: {type_}: no list {section!r}.{nearest(section, classes)}")
            word_class = classes[section]
            for phrase in phrases:
                table.add(phrase, "verb" if word_class == "verb" else "noun", TriggerWord(type_, word_class))
    return table


def find_triggers(sentence: Span, lower: list[str]) -> list[Trigger]:
    """All triggers of a sentence in text order; where words overlap the longer phrase wins, then the word of harm."""
    doc = sentence.doc
    table = trigger_table()
    harms = {
        harm.start: harm
        for harm in find_harm(doc, lower, sentence.start, sentence.end)
        if not harm.word.care  # to be taken to hospital is no incident, and no mention of one
    }
    found: list[Trigger] = []
    used: set[int] = set()
    for position in range(sentence.start, sentence.end):
        if position in used:
            continue
        harm = harms.get(position)
        trigger = _lexical(doc, sentence, table, lower, position)
        if harm is not None and (
            trigger is None or (harm.last >= trigger.last and harm.last + 1 - harm.start >= trigger.end - trigger.start)
        ):
            same_words = (
                trigger is not None and trigger.last == harm.last and harm.word.kind not in ("displaced", "missing")
            )
            trigger = _of_harm(harm, trigger if same_words else None)
        elif harm is not None and trigger is not None:
            trigger = replace(trigger, harm=harm)
        if trigger is None:
            continue
        found.append(trigger)
        used.update(range(trigger.start, trigger.end))
        used.add(trigger.head)
    nouns = {trigger.head: trigger.type for trigger in found if trigger.word_class == "noun"}
    # "made a phone call": beside a support verb the noun is the trigger
    return [t for t in found if t.word_class != "verb" or t.last < t.end or nouns.get(t.last) != t.type]


def _of_harm(harm: Harm, lexical: Trigger | None) -> Trigger:
    end = harm.start + 1 if harm.gap else harm.last + 1
    type_ = "violence" if harm.word.violent else "death"
    if lexical is not None:
        type_ = lexical.type
    elif harm.word.kind == "captured":
        type_ = "abduction"
    word_class: TriggerClass = "noun" if harm.word.voice == "noun" else "verb"
    return Trigger(harm.start, end, harm.head if not harm.gap else harm.start, type_, word_class, harm.last, harm)


def _lexical(
    doc: Doc, sentence: Span, table: WordTable[TriggerWord], lower: list[str], position: int
) -> Trigger | None:
    if lower[position] not in table or _inside_name(doc[position]):
        return None
    for match in table.matches(lower, position, sentence.end):
        word = match.entry.value
        end = position + 1 if match.gap else match.last + 1
        if word.word_class == "verb":
            whole = bool(match.entry.rest) and not match.gap
            adverb = whole and any(token.tag_.startswith("VB") for token in doc[position + 1 : match.last + 1])
            if not _is_verb(doc[position], phrase=whole) and not adverb:
                continue
            if match.gap and _is_doer(doc[match.last]):
                continue  # "sent by police" is no "send ~ police"
            # "sexually assault", "not accept": the verb is what has subject and object
            head = (
                position
                if not adverb or doc[position].tag_.startswith("VB")
                else _first_verb(doc, position, match.last)
            )
            return Trigger(position, end, head, word.type, "verb", match.last)
        # "a volley of rockets": what stands before "of" is what happens
        of = next((i for i in range(position + 1, match.last) if lower[i] == "of"), match.last + 1)
        head = of - 1
        token = doc[head]
        if not token.tag_.startswith("NN") and not (token.tag_ == "VBG" and token.dep_ in ("pobj", "dobj", "nsubj")):
            continue
        if _modifies(token):
            continue
        if word.word_class == "means" and not _acts(token):
            continue
        return Trigger(position, end, head, word.type, word.word_class, match.last)
    return None


def _first_verb(doc: Doc, start: int, last: int) -> int:
    return next(i for i in range(start, last + 1) if doc[i].tag_.startswith("VB"))


def _is_doer(token: Token) -> bool:
    """True for the noun behind "by"."""
    return token.dep_ == "pobj" and token.head.lower_ == "by"


def _is_verb(token: Token, *, phrase: bool) -> bool:
    if token.tag_.startswith("VB"):
        # an adjective from a verb ("the sanctioned firm", "a planned visit") tells of the noun, not of an event
        return not (token.dep_ == "amod" and token.tag_ in ("VBG", "VBN"))
    # taggers take the verb of a headline or a note for a noun: "gunmen open fire"
    described = token.i > 0 and token.nbor(-1).tag_ in ("DT", "JJ", "CD", "PRP$")
    return phrase and token.tag_.startswith(("NN", "JJ")) and not described


def _inside_name(token: Token) -> bool:
    """True inside the name of an organisation or person: "Army of National Liberation"."""
    return token.tag_.startswith("NNP") and token.ent_type_ in ("ORG", "PERSON", "WORK_OF_ART", "LAW", "PRODUCT")


def _modifies(token: Token) -> bool:
    """True for a noun that only modifies another: "attack helicopter", "protest leader", "bomb squad"."""
    return token.dep_ in ("compound", "nmod") and token.head.i > token.i


def _acts(token: Token) -> bool:
    """True if the thing is said to do something: subject of a verb, or behind "by" or "in" ("killed by a bomb")."""
    if token.dep_ in _IMPACT_SUBJECT:
        return True
    return (
        token.dep_ == "pobj"
        and token.head.lower_ in ("by", "from", "in", "after", "with")
        and token.head.head.tag_.startswith("VB")
    )
