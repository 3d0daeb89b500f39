"""Reading of the dependency parse that roles, status, dates and places share."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_NP_LEFT = frozenset(
    {
        "det",
        "amod",
        "compound",
        "nummod",
        "poss",
        "nmod",
        "quantmod",
        "advmod",
        "predet",
        "neg",
        "punct",
        "case",
        "cc",
        "conj",
        "npadvmod",
        "pobj",
    }
)
_RELATIVES = frozenset({"WP", "WDT", "WP$"})


def is_verb(token: Token) -> bool:
    """True for verbs in any form, auxiliaries and modals included."""
    return token.tag_.startswith("VB") or token.tag_ == "MD"


def is_passive(verb: Token) -> bool:
    """True for a passive: with its auxiliary, or a bare participle that modifies a noun ("the man killed in …")."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod"):
        return True
    if (
        verb.dep_ == "conj"
        and verb.tag_ == "VBN"
        and verb.head.tag_ == "VBN"
        and not any(c.dep_ in ("aux", "dobj") or c.dep_ in SUBJECTS for c in verb.children)
    ):
        return is_passive(verb.head)
    return False


def noun_phrase(noun: Token) -> tuple[int, int]:
    """Token bounds of the phrase around a noun: its modifiers to the left, an "of" phrase to the right."""
    doc = noun.doc
    start = noun.i
    left = [child for child in noun.children if child.i < noun.i and child.dep_ in _NP_LEFT]
    if left:
        start = min(child.left_edge.i for child in left)
        while start < noun.i and doc[start].is_punct and doc[start].text not in ("“", '"', "‘"):
            start += 1
    end = noun.i + 1
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == end:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    end = max(end, noun_phrase(inner)[1])
    if noun.ent_type_:
        while end < len(doc) and doc[end].ent_iob_ == "I":
            end += 1
        while start > 0 and doc[start].ent_iob_ == "I":
            start -= 1
    return start, end


def conjuncts(noun: Token) -> list[Token]:
    """A noun and what is coordinated with it, in text order."""
    found = [noun]
    for child in noun.children:
        if child.dep_ == "conj" and child.i > noun.i and not is_verb(child):
            found.extend(conjuncts(child))
    return found


def own_subject(verb: Token) -> Token | None:
    """The subject that hangs on the verb itself."""
    return next((child for child in verb.children if child.dep_ in SUBJECTS), None)


def antecedent(token: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token is itself."""
    if token.tag_ in _RELATIVES and verb.dep_ == "relcl":
        return verb.head
    return token


def subject(verb: Token) -> tuple[Token, bool] | None:
    """Who the verb is said of, and whether as a passive subject.

    Own subject, else that of the verb it is coordinated with or that governs it, else the noun it modifies.
    """
    token = verb
    passive = is_passive(verb)
    for step in range(5):
        found = own_subject(token)
        if step and verb.tag_ == "VBG" and not passive and is_passive(token) and token.dep_ != "conj":
            # "was destroyed by bombers, killing all aboard": the doer kills, not what was destroyed
            doers = agents(token)
            return (doers[0], False) if doers else None
        if found is not None:
            found_passive = found.dep_.endswith("pass") if step == 0 else passive
            return antecedent(found, token), found_passive
        if token.dep_ in ("acl", "relcl"):
            return token.head, token.tag_ == "VBN" or (passive and step == 0)
        if token.dep_ in ("conj", "xcomp", "advcl", "pcomp", "prep", "aux", "dep", "ccomp") and token.head.i != token.i:
            if token.dep_ == "ccomp" and step == 0 and token.tag_ not in ("VBG", "VB"):
                return None
            token = token.head
            if token.tag_.startswith("NN"):
                return None
            continue
        return None
    return None


def agents(verb: Token) -> list[Token]:
    """The nouns behind "by" of a passive."""
    return [
        noun
        for child in verb.children
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for noun in child.children
        if noun.dep_ == "pobj"
    ]


def objects(verb: Token) -> list[Token]:
    """The direct and dative objects of a verb."""
    return [child for child in verb.children if child.dep_ in ("dobj", "dative", "obj") and child.dep_ != "prep"]


def prepositional(token: Token, prepositions: frozenset[str]) -> list[tuple[str, Token]]:
    """Pairs of preposition and noun that hang on a token; particles and chains such as "out of" are followed."""
    found: list[tuple[str, Token]] = []
    for child in token.children:
        if child.dep_ in ("prep", "dative", "prt", "advmod") and child.lower_ in prepositions:
            found.extend((child.lower_, noun) for noun in child.children if noun.dep_ in ("pobj", "pcomp"))
            found.extend(prepositional(child, prepositions))
    return found


def governors(token: Token) -> Iterator[Token]:
    """The tokens above, from the nearest up to the root."""
    while token.head.i != token.i:
        token = token.head
        yield token


def clause_verb(token: Token) -> Token:
    """The verb (or root) whose clause a token stands in."""
    current = token
    while current.head.i != current.i and not is_verb(current):
        current = current.head
    return current


def char_span(doc: Doc, start: int, end: int) -> tuple[int, int, str]:
    """Character bounds and text of tokens ``[start, end)``, trailing whitespace left out."""
    span = doc[start:end]
    return span.start_char, span.end_char, span.text
