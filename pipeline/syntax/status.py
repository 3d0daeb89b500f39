"""Whether a trigger's happening is asserted, denied or only possible, and who is cited for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from pipeline.inflect import verb_forms
from pipeline.records import Status
from pipeline.resources import load_yaml
from pipeline.syntax.grammar import governors, is_verb, noun_phrase, own_subject
from pipeline.wordtable import plural


@dataclass(frozen=True)
class _Cues:
    negations: frozenset[str]
    modals: frozenset[str]
    negating: frozenset[str]
    hypothetical: frozenset[str]
    negating_modifiers: frozenset[str]
    hypothetical_modifiers: frozenset[str]
    hypothetical_nouns: frozenset[str]
    conditional: frozenset[str]
    say: frozenset[str]
    according: frozenset[str]
    occurring: frozenset[str]
    untrue: frozenset[str]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    data = load_yaml("status.yaml")

    def verbs(key: str) -> frozenset[str]:
        return frozenset(form for verb in data[key] if " " not in verb for form in verb_forms(verb))

    nouns = frozenset(form for noun in data["hypothetical_nouns"] for form in (noun, plural(noun)))
    return _Cues(
        frozenset(data["negations"]),
        frozenset(data["modals"]),
        verbs("negating"),
        verbs("hypothetical"),
        frozenset(data["negating_modifiers"]),
        frozenset(data["hypothetical_modifiers"]),
        nouns,
        frozenset(data["conditional_markers"]),
        verbs("say"),
        frozenset(data["according"]),
        verbs("occurring"),
        frozenset(data["untrue"]),
    )


def read_status(head: Token) -> tuple[Status, str]:
    """The status of the happening that a word names, and the words that decided it (none where it is asserted)."""
    cues = _cues()
    decided = _by_modifier(head, cues) or _of_verb(head, cues, own=True)
    below = head
    for above in governors(head):
        if decided is not None or (below.dep_ == "relcl" and not _is_content(below)):
            break  # what a relative clause tells is not what its noun's verb asks for
        if is_verb(above):
            decided = _by_governing_verb(head, below, above, cues)
            if decided is None and (below.dep_ in ("advcl", "acl") or above.lower_ in cues.say):
                break
        elif above.tag_.startswith("NN"):
            if above.lower_ in cues.hypothetical_nouns and below.dep_ in ("prep", "acl", "compound", "pobj"):
                decided = "hypothetical", above.lower_
            elif above.lower_ == "case" and above.head.lower_ == "in" and above.i == above.head.i + 1:
                decided = "hypothetical", "in case"
        elif above.tag_ == "JJ" and above.lower_ in _OPEN_ADJECTIVES:
            decided = "hypothetical", above.lower_
        below = above
    return decided or ("asserted", "")


def _is_content(clause: Token) -> bool:
    """True for a clause that says what a noun holds, which the parser takes for relative: "reports that troops …"."""
    return any(child.dep_ == "mark" for child in clause.children)


_OPEN_ADJECTIVES = frozenset("likely able ready unlikely possible willing set unable impossible".split())
_COMPLEMENTS = frozenset({"xcomp", "ccomp", "dobj", "pcomp", "nsubjpass", "oprd", "acomp"})
# Through these a verb's negation or modal reaches what is below.
_THROUGH = frozenset({"xcomp", "ccomp", "dobj", "pcomp", "prep", "acl", "nsubjpass", "agent", "dep", "attr"})


def _by_modifier(head: Token, cues: _Cues) -> tuple[Status, str] | None:
    """What stands before the word: "foiled attack", "no attack", "possible attack"."""
    for child in head.children:
        word = child.lower_
        if child.dep_ not in ("amod", "compound", "det", "nmod", "neg") or child.i > head.i:
            continue
        if word in cues.negating_modifiers:
            return "negated", word
        if word in cues.hypothetical_modifiers and child.dep_ in ("amod", "det") and not is_verb(head):
            return "hypothetical", word
    return None


def _by_governing_verb(head: Token, below: Token, above: Token, cues: _Cues) -> tuple[Status, str] | None:
    """What a verb above the word says of it: "denied", "plans to", "if"; ``None`` where it says nothing."""
    word = above.lower_
    if below.dep_ == "nsubj":
        if any(child.dep_ in ("acomp", "attr") and child.lower_ in cues.untrue for child in above.children):
            return "negated", "untrue"
        # what acts is there: "the attack threatens peace"
        return None if word in _HAPPEN else ("asserted", "")
    if ";" in {token.text for token in head.doc[min(head.i, above.i) : max(head.i, above.i)]}:
        return "asserted", ""
    complement = below.dep_ in _COMPLEMENTS or (below.dep_ == "prep" and _governs(above, below))
    if complement and word in cues.negating:
        return "negated" if word not in _PREVENT else "hypothetical", word
    if word in _HOLD_TRUE and below.dep_ == "ccomp" and _is_told(below):
        return None  # "sources agree that a man was killed", not "agreed to attack", "suggested that they attack"
    if complement and word in cues.hypothetical and (below.dep_ != "nsubjpass" or below.i == head.i):
        return "hypothetical", word
    if below.dep_ == "nsubjpass" and word not in cues.occurring:
        return "asserted", ""  # "the murder was never solved": there was one
    if below.dep_ in _THROUGH:
        own = _of_verb(above, cues, own=below.dep_ == "dobj")
        if own is not None and not (word in cues.say and own[0] == "hypothetical"):
            return own
    if below.dep_ in ("advcl", "ccomp") and _conditional(below, cues):
        return "hypothetical", "conditional"
    return None


# "no fewer than eight were killed"
_COMPARED = frozenset({"fewer", "less", "more"})
_HOLD_TRUE = frozenset(form for verb in ("agree", "suggest") for form in verb_forms(verb))


def _is_told(clause: Token) -> bool:
    """True for a finite clause in the past: what it tells is held to have happened."""
    return clause.tag_ == "VBD" or any(
        child.dep_ in ("aux", "auxpass") and child.tag_ == "VBD" for child in clause.children
    )


_HAPPEN = frozenset({"occur", "happen", "occurred", "happened", "took", "take"})
_PREVENT = frozenset(
    form
    for verb in ("avoid", "prevent", "avert", "thwart", "foil", "stop", "escape", "forestall", "deter", "preclude")
    for form in verb_forms(verb)
)


def _governs(verb: Token, preposition: Token) -> bool:
    """True for a preposition that opens the verb's complement: "plotted against", "call for"."""
    return (
        verb.lower_ in _cues().hypothetical
        and preposition.i - verb.i <= 4
        and preposition.lower_ in ("to", "for", "against", "of", "on", "from")
    )


def _of_verb(verb: Token, cues: _Cues, *, own: bool = False) -> tuple[Status, str] | None:
    """What the verb's own auxiliaries, negation, marker or infinitive say."""
    if not is_verb(verb):
        return None
    infinitive = False
    for child in verb.children:
        word = child.lower_
        if child.dep_ == "neg" and child.i and child.nbor(-1).lower_ == "than":
            continue  # "more likely than not"
        if child.dep_ == "neg" or (
            word in cues.negations and child.i < verb.i and child.dep_ in ("advmod", "preconj", "cc")
        ):
            return "negated", word
        if child.dep_ == "aux":
            if child.tag_ == "MD" and word in cues.modals:
                return "hypothetical", word
            infinitive = infinitive or child.tag_ == "TO"
        if child.dep_ in ("nsubj", "nsubjpass") and own:
            if any(
                c.lower_ in ("no", "neither") and c.dep_ in ("det", "neg") and c.nbor().lower_ not in _COMPARED
                for c in child.children
            ) or child.lower_ in ("nobody", "none", "noone"):
                return "negated", "no"
        if child.dep_ == "mark" and word in cues.conditional and word not in ("until", "before"):
            return "hypothetical", word
    if infinitive and own and verb.tag_ == "VB" and verb.dep_ in ("advcl", "acl", "relcl", "ROOT", "xcomp"):
        governor = verb.head.lower_
        if verb.dep_ == "xcomp" and governor in _REALISED:
            return None
        return "hypothetical", "to"
    return None


# "began to fight", "managed to kill", "went on to attack": the infinitive did happen.
_REALISED = frozenset(
    form
    for verb in (
        "begin",
        "start",
        "continue",
        "manage",
        "go",
        "proceed",
        "happen",
        "rush",
        "seem",
        "appear",
        "report",
        "believe",
        "say",
        "know",
        "come",
        "use",
        "help",
        "return",
        "find",
        "think",
    )
    for form in verb_forms(verb)
) | {"began", "begun", "known", "thought", "believed", "reported", "said"}


def _conditional(clause: Token, cues: _Cues) -> bool:
    return any(
        (child.dep_ == "mark" and child.lower_ in cues.conditional - {"until", "before"})
        or (child.lower_ == "in" and child.nbor(1).lower_ == "case")
        for child in clause.children
        if child.i < clause.i
    )


def read_attribution(head: Token) -> tuple[Token, str] | None:
    """Who is cited for the clause of a trigger, as the head noun of the source and the verb or preposition."""
    cues = _cues()
    below = head
    for above in governors(head):
        if (
            is_verb(above)
            and above.lower_ in cues.say
            and below.dep_ in ("ccomp", "conj", "dobj", "xcomp", "parataxis", "dep")
        ):
            speaker = own_subject(above)
            if speaker is not None and speaker.i != head.i and speaker.tag_ not in ("WDT", "EX"):
                return speaker, above.lower_
        below = above
    sentence = head.sent
    for token in sentence:
        if token.lower_ in cues.according and token.dep_ in ("prep", "advmod", "pcomp") and token.head.i != token.i:
            noun = _complement(token)
            if noun is not None:
                return noun, "according to"
    root = sentence.root
    for token in (root, *root.children):
        if (
            token.dep_ in ("parataxis", "ccomp", "ROOT")
            and is_verb(token)
            and token.lower_ in cues.say
            and token.i > head.i
        ):
            speaker = own_subject(token)
            if speaker is not None and speaker.i > head.i and speaker.tag_ not in ("WDT", "WP", "EX"):
                return speaker, token.lower_
    return None


def _complement(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ == "pobj":
            return child
        if child.dep_ == "prep":
            return _complement(child)
    return None


def attribution_span(speaker: Token) -> tuple[int, int]:
    """Token bounds of the words that name the speaker."""
    return noun_phrase(speaker)
