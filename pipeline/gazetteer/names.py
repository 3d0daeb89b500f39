"""How place names are written: keys that survive diacritics, articles, hyphens and transliteration.

Two keys exist. :func:`name_key` is the plain one, by which a name is found. :func:`loose_key` folds a family of
transliterations ("Hasakah", "Hassakeh", "Hesekê") into one skeleton, and is only used inside the countries that a
text speaks of. Both read ``models/gazetteer/names.yaml``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from pipeline.resources import load_yaml

_SEPARATORS = re.compile(r"[\s\-‐‑‒–—_/,;:()\"“”]+")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_LATIN = re.compile(r"^[\W\d_A-Za-zªºÀ-ɏɐ-ʯʰ-˿̀-ͯḀ-ỿ]+$")


def names_data() -> dict[str, Any]:
    """The normalisation data, parsed once."""
    data: dict[str, Any] = load_yaml("gazetteer", "names.yaml")
    return data


@lru_cache(maxsize=1)
def _letters() -> dict[int, str]:
    return {ord(letter): plain for letter, plain in names_data()["letters"].items()}


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return dict(names_data()["words"])


@lru_cache(maxsize=1)
def _loose_rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), to) for pattern, to in names_data()["loose"])


@lru_cache(maxsize=1)
def _units() -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = names_data()["unit_words"]
    after = sorted((name_key(word) for word in words["after"]), key=len, reverse=True)
    before = sorted((name_key(word) for word in words["before"]), key=len, reverse=True)
    return tuple(after), tuple(before)


@lru_cache(maxsize=16384)
def name_key(text: str) -> str:
    """The plain key of a name: no case, marks, apostrophes, hyphens, full stops, possessive or leading article.

    >>> name_key("Aş Şūrah"), name_key("the U.S."), name_key("Saint-Denis’s")
    ('as surah', 'us', 'st denis')
    """
    text = _POSSESSIVE.sub("", text.strip())
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not unicodedata.combining(char))
    text = _SEPARATORS.sub(" ", text.casefold().translate(_letters()))
    words = _words()
    parts = [words.get(word, word) for word in text.split()]
    if len(parts) > 1 and parts[0] == "the":
        parts = parts[1:]
    return " ".join(parts)


def loose_key(key: str) -> str:
    """The skeleton of a plain key, the same for the usual transliterations of one name; empty if too little is left.

    >>> loose_key(name_key("al-Hassakeh")) == loose_key(name_key("Hasakah"))
    True
    """
    for pattern, to in _loose_rules():
        key = pattern.sub(to, key)
    return key if len(key) >= 4 else ""


def short_unit_key(key: str) -> str | None:
    """The key of an administrative unit without the word that says what it is, or ``None`` where there is no such word.

    >>> short_unit_key("idlib governorate"), short_unit_key("muhafazat idlib"), short_unit_key("idlib")
    ('idlib', 'idlib', None)
    """
    after, before = _units()
    for word in after:
        if key.endswith(" " + word):
            rest = key[: -len(word) - 1]
            return short_unit_key(rest) or rest
    for word in before:
        if key.startswith(word + " "):
            rest = key[len(word) + 1 :]
            return short_unit_key(rest) or rest
    return None


def is_latin(name: str) -> bool:
    """Whether a name is written in Latin script, as news in English would write it.

    Lower-case names are left out: the sources use them for letter-by-letter transcriptions ("adlb" for إدلب).
    """
    return bool(_LATIN.match(name)) and any(char.isupper() for char in name)
