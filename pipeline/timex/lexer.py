"""Words into kinds: each word or mark of a text gets a letter that says what it can be in a date expression.

The letters of a text make one string, over which the grammar's patterns run; that is both quick and readable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.resources import load_yaml

KINDS = {
    "day": "d",  # 1..31
    "number": "n",  # another number of two digits
    "year": "Y",
    "decade": "D",
    "month": "M",
    "weak_month": "m",
    "weekday": "W",
    "short_weekday": "v",
    "dot": "a",  # the full stop of an abbreviated month or weekday
    "dotted": "j",  # 26.08.2020
    "part": "P",
    "portion": "E",
    "last": "L",
    "past": "K",
    "this": "T",
    "next": "X",
    "relative": "R",  # previous -1, same and that 0, following +1
    "unit": "U",
    "count": "N",
    "article": "A",
    "vague": "F",
    "ago": "G",
    "earlier": "B",
    "later": "Z",
    "today": "Q",
    "overnight": "V",
    "season": "S",
    "ordinal": "r",
    "comma": "c",
    "dash": "h",
    "and": "k",
    "of": "o",
    "the": "H",
    "preposition": "i",
    "between": "b",
    "from": "f",
    "possessive": "q",
    "paragraph": "p",
    "other": "x",
}
UNITS = ("hour", "day", "week", "fortnight", "month", "year", "decade", "weekend", "season", "half", "quarter")
_WORD = re.compile(
    r"\n\s*\n|\d{1,2}\.\d{1,2}\.\d{4}\b|\d{1,3}(?:,\d{3})+(?!\d)|\d+\.\d+|\d+(?:st|nd|rd|th|d|s)?\b|\d+"
    r"|['’]s\b|[^\W\d_]+|[^\w\s]",
    re.IGNORECASE,
)
_SPECIAL = {
    ",": "comma", "-": "dash", "–": "dash", "—": "dash", "/": "dash", "and": "and", "to": "and", "or": "and",
    "of": "of", "the": "the", "between": "between", "from": "from", "'s": "possessive", "’s": "possessive",
    "last": "last", "past": "past", "this": "this", "next": "next", "coming": "next", "upcoming": "next", "ago": "ago",
    "earlier": "earlier", "before": "earlier", "previously": "earlier", "prior": "earlier", "later": "later",
    "after": "later", "afterwards": "later", "afterward": "later", "overnight": "overnight", "a": "article",
    "an": "article",
}  # fmt: skip
_RELATIVE = {"previous": -1, "preceding": -1, "same": 0, "that": 0, "following": 1, "subsequent": 1}


@dataclass(frozen=True, slots=True)
class Lexemes:
    """A text's words and marks: ``kinds[i]`` is the kind of ``matches[i]``, ``values`` the numbers that are not 0."""

    text: str
    kinds: str
    matches: list[re.Match[str]]
    values: dict[int, int]

    def start(self, index: int) -> int:
        return self.matches[index].start()

    def end(self, index: int) -> int:
        return self.matches[index].end()

    def value(self, index: int) -> int:
        return self.values.get(index, 0)

    def word(self, index: int) -> str:
        """The words of a lexeme, or an empty string beyond either end of the text."""
        return self.matches[index].group() if 0 <= index < len(self.matches) else ""


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, int]]:
    """Word to kind and value, in each way of writing it; months and weekdays only with a capital."""
    data = load_yaml("lexicons", "dates.yaml")
    table: dict[str, tuple[str, int]] = {}

    def add(words: list[str], kind: str, value: int = 0) -> None:
        for word in words:
            table.setdefault(word.lower(), (KINDS[kind], value))

    weak = {word.lower() for word in data["weak_months"]}
    for month, names in data["months"].items():
        for name in names:
            add([name], "weak_month" if name.lower() in weak else "month", month)
    for kind, key in (("weekday", "weekdays"), ("short_weekday", "short_weekdays")):
        for number, names in data[key].items():
            add(names, kind, number)
    capitals = frozenset(table)
    for word, special in _SPECIAL.items():
        add([word], special)
    for word, value in _RELATIVE.items():
        add([word], "relative", value)
    add(data["parts_of_day"], "part")
    for portion, words in data["portions"].items():
        add(words, "portion", portion)
    for number, unit in enumerate(UNITS):
        add(data["units"][unit], "unit", number)
    for key, kind in (("seasons", "season"), ("numbers", "count"), ("ordinals", "ordinal"), ("today", "today")):
        for word, value in data[key].items():
            add([word], kind, value)
    add(data["vague_numbers"], "vague")
    add(data["prepositions"], "preposition")
    return {
        form: entry
        for word, entry in table.items()
        for form in {word.capitalize(), word.upper(), *(() if word in capitals else (word,))}
    }


@lru_cache(maxsize=1)
def _full_names() -> frozenset[str]:
    """Months and weekdays that are no abbreviations: a full stop after them ends a sentence."""
    data = load_yaml("lexicons", "dates.yaml")
    return frozenset(str(names[0]).lower() for key in ("months", "weekdays") for names in data[key].values())


def lex(text: str) -> Lexemes:
    """Cut a text into words and marks and tell the kind of each."""
    table = _words()
    matches = list(_WORD.finditer(text))
    kinds: list[str] = []
    values: dict[int, int] = {}
    for index, match in enumerate(matches):
        word = match.group()
        entry = table.get(word)
        if entry is None:
            if word[0].isdigit():
                entry = _number(word)
            elif word[0] == "\n":
                entry = ("p", 0)
            elif word == "." and index and kinds[-1] in "Mmv" and matches[index - 1].end() == match.start():
                entry = ("x" if matches[index - 1].group().lower() in _full_names() else "a", 0)
            else:
                kinds.append("x")
                continue
        kinds.append(entry[0])
        if entry[1]:
            values[index] = entry[1]
    return Lexemes(text, "".join(kinds), matches, values)


def _number(word: str) -> tuple[str, int]:
    if "," in word or "." in word:
        return (KINDS["dotted"], 0) if word.count(".") == 2 else (KINDS["other"], 0)
    digits = word.rstrip("stndrhSTNDRH")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 4:
        return KINDS["other"], 0
    value, suffix = int(digits), word[len(digits) :].lower()
    if suffix == "s":
        return (KINDS["decade"], value) if len(digits) in (2, 4) and value % 10 == 0 else (KINDS["other"], 0)
    if len(digits) <= 2:
        return (KINDS["day"], value) if 1 <= value <= 31 else (KINDS["number"], value)
    if len(digits) == 4 and 1000 <= value <= 2100 and not suffix:
        return KINDS["year"], value
    return KINDS["other"], value
