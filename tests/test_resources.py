"""The data files: what YAML takes for a truth value or a number where a word is meant ("no", "on", 100,000)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.resources import data_path, load_yaml

FILES = sorted(path.relative_to(data_path("models")) for path in data_path("models").rglob("*.yaml"))


def odd_words(value: object) -> Iterator[object]:
    """The members of lists of words that are no words."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from odd_words(inner)
    elif isinstance(value, list):
        words = any(isinstance(inner, str) for inner in value)
        for inner in value:
            if words and isinstance(inner, bool | int | float):
                yield inner
            yield from odd_words(inner)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_lists_of_words_hold_words(path: Path) -> None:
    assert not list(odd_words(load_yaml(*path.parts)))


def test_odd_words_are_found() -> None:
    assert list(odd_words({"negations": ["not", False], "bounds": [1, 2]})) == [False]
