"""Inflected forms of the verbs in our lexicons, so that no lemmatizer has to run over every text."""

from __future__ import annotations

from functools import cache

from pipeline.resources import load_yaml

_VOWELS = "aeiou"


@cache
def verb_forms(base: str) -> frozenset[str]:
    """All forms of a verb, lower case: ``kill`` gives kill, kills, killed, killing.

    Irregular verbs come from ``models/inflections.yaml``, the others follow the spelling rules; no verb is doubled
    at its end by rule, since stress decides that: such verbs are in the table.
    """
    irregular = load_yaml("inflections.yaml").get(base)
    if irregular:
        return frozenset({base, *irregular})
    if base.endswith("e"):
        stem = base[:-1]
        gerund = base + "ing" if base.endswith(("ee", "ye", "oe")) else stem + "ing"
        return frozenset({base, base + "s", base + "d", gerund})
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        stem = base[:-1]
        return frozenset({base, stem + "ies", stem + "ied", base + "ing"})
    third = base + "es" if base.endswith(("s", "x", "z", "ch", "sh")) else base + "s"
    return frozenset({base, third, base + "ed", base + "ing"})
