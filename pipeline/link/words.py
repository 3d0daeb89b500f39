"""Words that tell one happening from another: how rare they are, and how alike two bags of them are.

A word weighs by how few articles hold it (TF-IDF). The articles of a run count, and beside them
``prior`` imagined articles of ordinary English: with five articles only, what is rare in English is rare, and one
article more hardly changes a weight.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

from pipeline.resources import data_path

Bag = Mapping[str, float]
"""Words and weights of unit length."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_ARTICLE_WORDS = 150  # that an ordinary article holds, for the share of articles that hold a word


def words(text: str) -> list[str]:
    """The words and numbers of a text in small letters, without possessive endings."""
    return [intern(_POSSESSIVE.sub("", word)) for word in _WORD.findall(text.lower())]


@lru_cache(maxsize=1)
def english() -> Mapping[str, float]:
    """The share of ordinary articles that hold a word, for frequent English words."""
    shares: dict[str, float] = {}
    for line in data_path("models", "lexicons", "frequencies.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        band, _, listed = line.partition("\t")
        share = 1 - math.exp(-_ARTICLE_WORDS * 10 ** float(band))
        shares.update(dict.fromkeys(listed.split(), share))
    return shares


@dataclass(frozen=True)
class Rarity:
    """How rare words are: ``-log`` of the share of articles that hold them, those of the run and imagined ones.

    ``holding`` counts the articles of each word that two or more hold, ``known`` is the rarity of these and of English
    words, ``once`` that of others; ``most`` is that of a word that no article holds, the end of the scale.
    """

    holding: Mapping[str, int]
    known: Mapping[str, float]
    once: float
    most: float

    def __call__(self, word: str) -> float:
        return self.known.get(word, self.once)

    def bag(self, counts: Mapping[str, int]) -> dict[str, float]:
        """TF-IDF of counted words, of unit length; empty where no word weighs anything."""
        weights = {word: (1 + math.log(count)) * self(word) for word, count in counts.items()}
        length = math.sqrt(math.fsum([weight * weight for weight in weights.values()]))
        return {word: weight / length for word, weight in weights.items()} if length else {}


def rarity(articles: Iterable[Iterable[str]], prior: float) -> Rarity:
    """Count the words of a run, each once per article."""
    holding: Counter[str] = Counter()
    number = 0
    for bag in articles:
        number += 1
        holding.update(set(bag))
    return rarity_of(holding, number, prior)


def rarity_of(holding: Mapping[str, int], articles: int, prior: float) -> Rarity:
    """The same from the counts. Words of one article are most of all words, and all alike: they are not kept."""
    every = math.log(articles + prior + 1)
    known = {
        word: every - math.log(held + prior * english().get(word, 0.0) + 1)
        for word, held in holding.items()
        if held > 1 or word in english()
    }
    return Rarity({word: held for word, held in holding.items() if held > 1}, known, every - math.log(2), every)


def cosine(one: Bag, other: Bag, shared: Iterable[str]) -> float:
    """How alike two bags are by the words that both hold, 0 to 1."""
    # fsum is exact, so the order in which a set gives its words does not matter
    return math.fsum([one[word] * other[word] for word in shared])
