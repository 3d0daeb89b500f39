"""Settling a trigger's type by the words and participants around it, by the rules of ``models/refinements.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.resources import load_yaml


@dataclass(frozen=True)
class _Rule:
    name: str
    source_types: frozenset[str]
    to: str
    words: tuple[str, ...]
    also: tuple[str, ...]
    none: tuple[str, ...]
    source: str | None
    source_not: str | None
    target: str | None
    target_not: str | None


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    rules = []
    for number, entry in enumerate(load_yaml("refinements.yaml")["rules"]):
        rules.append(
            _Rule(
                f"{'/'.join(entry['from'][:2])}->{entry['to']}#{number}",
                frozenset(entry["from"]),
                entry["to"],
                _phrases(entry.get("words")),
                _phrases(entry.get("words_also")),
                _phrases(entry.get("none")),
                entry.get("source"),
                entry.get("source_not"),
                entry.get("target"),
                entry.get("target_not"),
            )
        )
    return tuple(rules)


@lru_cache(maxsize=1)
def _classes() -> dict[str, tuple[str, ...]]:
    return {name: _phrases(words) for name, words in load_yaml("refinements.yaml")["classes"].items()}


def _phrases(words: Iterable[Any] | None) -> tuple[str, ...]:
    """Phrases padded with spaces, so that they are found as whole words in padded text."""
    return tuple(f" {str(word).lower()} " for word in words or ())


def padded(words: Iterable[str]) -> str:
    """Words as one lower-case text with a space at either end, for phrase look-up."""
    return f" {' '.join(words).lower().replace(' - ', '-')} "


def _any(phrases: Iterable[str], text: str) -> str | None:
    return next((phrase.strip() for phrase in phrases if phrase in text), None)


def participants_in(class_name: str, text: str) -> bool:
    """True if a participant's padded words hold a word of the class."""
    return _any(_classes()[class_name], text) is not None


def refine(type_: str, clause: str, source: str, target: str) -> tuple[str, list[str]]:
    """The settled type, and the rules that fired.

    Args:
        clause, source, target: padded words of the trigger's clause and participants (see :func:`padded`).
    """
    fired: list[str] = []
    for rule in _rules():
        if type_ not in rule.source_types or rule.to == type_:
            continue
        if rule.words and _any(rule.words, clause) is None:
            continue
        if rule.also and _any(rule.also, clause) is None:
            continue
        if rule.none and _any(rule.none, clause) is not None:
            continue
        if rule.source and not participants_in(rule.source, source):
            continue
        if rule.source_not and participants_in(rule.source_not, source):
            continue
        if rule.target and not participants_in(rule.target, target):
            continue
        if rule.target_not and participants_in(rule.target_not, target):
            continue
        type_ = rule.to
        fired.append(rule.name)
    return type_, fired
