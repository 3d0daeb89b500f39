"""Counts: digits, number words, ranges, bounds and vague quantities, as low/best/high.

:func:`read_quantities` finds every quantity in a ``Doc``; whether it counts people is for its reader to decide. What
vague words and bounds mean stands in ``models/conventions.yaml``. Numbers that are no counts (years, ages, clock
times, sums of money, percentages, calibres, house numbers) are left out here, once, for every reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc

from pipeline.errors import ResourceError
from pipeline.people import people
from pipeline.resources import load_yaml

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_SMALL = {word: value for value, word in enumerate(_UNITS.split())}
_DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * value for value, word in enumerate(_DECADES.split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORDS = {*_SMALL, *_TENS, *_SCALES, "dozen"}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_GLUED_RANGE = re.compile(r"(\d+)[-–—](\d+)")
_GLUED_NOUN = re.compile(r"([1-9]\d{0,3})([a-z]{3,})")
_PLUS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)\+")
# "rose from 21 to 26" and "rose by five to 26" are no ranges: the toll is 26.
RISING = frozenset(
    "rose rise rises risen rising climbed climb climbs climbing increased jumped up revised raised raising grew "
    "went moved".split()
)
_DASHES = frozenset({"-", "–", "—", "−"})
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec".split()
)
# "Flight 472", "Highway 5", "No. 7": the number names a thing.
_NAMED_BY_NUMBER = frozenset(
    "flight highway route number no. no nos interstate phase block unit section article resolution chapter page group "
    "street avenue boeing airbus room gate terminal platform line channel building apartment sector zone brigade "
    "division battalion regiment area district route category level grade class op psalm studio".split()
)
# "12 km", "5 p.m.", "40 percent", "3 kg": the number measures.
_MEASURES = frozenset(
    "km kms kilometer kilometers kilometre kilometres mile miles m meter meters metre metres yard yards foot feet ft "
    "inch inches mph kph knots kg kgs kilo kilos kilogram kilograms gram grams ton tons tonne tonnes pound pounds lb "
    "lbs "
    "litre litres liter liters gallon gallons barrel barrels acre acres hectare hectares percent per % pct degrees "
    "am pm a.m. p.m. a.m p.m o'clock gmt hrs hours hour minute minutes second seconds day days week weeks month months "
    "year years decade decades century centuries yr yrs dollars dollar euros euro pesos rupees lire shekels pounds "
    "cents mm cm caliber calibre millimeter millimeters".split()
)
_CURRENCY = frozenset({"$", "€", "£", "¥", "usd", "rs", "rs.", "us$", "eur"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count at tokens ``[start, end)``, its qualifier included.

    ``number`` and ``number_end`` bound the tokens of the number alone; ``vague`` is True where a convention, not the
    text, gave the value.
    """

    start: int
    end: int
    number: int
    number_end: int
    low: int | None
    best: int | None
    high: int | None
    qualifier: str | None = None
    vague: bool = False

    @property
    def value(self) -> int:
        """The figure to compare with others: best, else low, else high, else 0."""
        return next((value for value in (self.best, self.low, self.high) if value is not None), 0)


@dataclass(frozen=True)
class _Conventions:
    vague: dict[tuple[str, ...], tuple[int | None, int | None, int | None]]
    before: dict[tuple[str, ...], str]
    after: dict[tuple[str, ...], str]
    longest: int
    vague_firsts: frozenset[str]


@lru_cache(maxsize=1)
def conventions() -> _Conventions:
    """The table of vague quantities, read once.

    Raises:
        ResourceError: a quantity that is not low, best and high.
    """
    data = load_yaml("conventions.yaml")

    def split(phrase: str) -> tuple[str, ...]:
        return tuple(phrase.lower().split())

    for phrase, value in data["vague"].items():
        told = [number for number in value if number is not None]
        if len(value) != 3 or told != sorted(told):
            raise ResourceError(f"conventions.yaml: {phrase!r} must be low, best and high in this order, not {value}")
    vague = {split(phrase): tuple(value) for phrase, value in data["vague"].items() if phrase != "bare plural"}
    before = {split(phrase): kind for kind, phrases in data["bounds"].items() for phrase in phrases}
    after = {split(phrase): kind for kind, phrases in data["after"].items() for phrase in phrases}
    longest = max(len(key) for key in (*vague, *before, *after))
    return _Conventions(vague, before, after, longest, frozenset(key[0] for key in vague))


def bare_plural() -> tuple[int | None, int | None, int | None]:
    """What a plural without a number stands for: low, best, high."""
    low, best, high = load_yaml("conventions.yaml")["vague"]["bare plural"]
    return low, best, high


def opens_bound(words: Sequence[str]) -> bool:
    """True for words behind a counted noun that make its number a lower bound: "or more", "if not more"."""
    after = conventions().after
    return any(after.get(tuple(words[:length])) == "lower" for length in range(len(words), 1, -1))


def parse_number(words: list[str]) -> int | None:
    """The value of number words or digits: ``["two", "hundred", "and", "five"]`` is 205; ``None`` if they are none."""
    total = current = 0
    seen = False
    for position, word in enumerate(words):
        if _DIGITS.fullmatch(word):
            current += int(word.replace(",", ""))
        elif word in _SMALL:
            current += _SMALL[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "dozen":
            current = (current or 1) * 12
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALES:
            total += (current or 1) * _SCALES[word]
            current = 0
        elif word in ("a", "an") and position == 0 and len(words) > 1:
            current = 1
            continue
        elif word == "and" or word in _DASHES:
            continue
        else:
            return None
        seen = True
    return total + current if seen else None


def read_quantities(doc: Doc) -> list[Quantity]:
    """Every count in the text, in order, not overlapping."""
    lower = [token.lower_ for token in doc]
    found: list[Quantity] = []
    position = 0
    while position < len(lower):
        quantity = (
            _vague_at(lower, position)
            or _as_many(lower, position, found[-1] if found else None)
            or _glued(lower, position)
            or _number_at(doc, lower, position)
        )
        if quantity is None:
            position = max(position + 1, _number_end(lower, position))
            continue
        quantity = _qualify(lower, quantity, found[-1].end if found else 0)
        position = quantity.end
        if found and (merged := _two_bounds(lower, found[-1], quantity)) is not None:
            found[-1] = merged
        else:
            found.append(quantity)
    return found


def _as_many(lower: list[str], position: int, before: Quantity | None) -> Quantity | None:
    """ "Five were killed and as many wounded": as many as the number just before."""
    following = lower[position + 2] if position + 2 < len(lower) else ""
    if before is None or lower[position : position + 2] != ["as", "many"] or following in ("as", "of"):
        return None
    if position - before.end > _SAME_NUMBER or lower[position - 1] in _TIMES:
        return None
    return Quantity(position, position + 2, position, position + 2, before.low, before.best, before.high, "as many")


_SAME_NUMBER = 14
# Before "as many": another number than the one before.
_TIMES = frozenset("twice times half thrice not nearly almost".split())


def _glued(lower: list[str], position: int) -> Quantity | None:
    """Numbers that are one token with their sign or noun: "40–45", "10+", "11people"."""
    noun = _GLUED_NOUN.fullmatch(lower[position])
    if noun is not None and noun.group(2) in people().plural:
        value = int(noun.group(1))
        return Quantity(position, position + 1, position, position + 1, value, value, value)
    span = _GLUED_RANGE.fullmatch(lower[position])
    if span is not None and int(span.group(1)) < int(span.group(2)) and not _YEAR.fullmatch(span.group(1)):
        low, high = int(span.group(1)), int(span.group(2))
        return Quantity(position, position + 1, position, position + 1, low, low, high)
    plus = _PLUS.fullmatch(lower[position])
    if plus is not None:
        low = int(plus.group(1).replace(",", ""))
        return Quantity(position, position + 1, position, position + 1, low, low, None, "+")
    return None


def _two_bounds(lower: list[str], first: Quantity, second: Quantity) -> Quantity | None:
    """ "At least 12, and possibly as many as 20": one quantity with both bounds."""
    between = set(lower[first.end : second.start])
    if not between <= {",", "and", "or", "but", "possibly", "perhaps", "maybe"} or second.start - first.end > 4:
        return None
    highest = second.high
    if highest is None and (second.qualifier in ("possibly", "perhaps") or between & {"possibly", "perhaps", "maybe"}):
        highest = second.best
    if first.high is not None or first.low is None or second.low is not None or highest is None:
        return None
    if highest < first.low:
        return None
    return Quantity(
        first.start, second.end, first.number, second.number_end, first.low, first.best, highest, first.qualifier
    )


def _vague_at(lower: list[str], position: int) -> Quantity | None:
    table = conventions()
    if lower[position] not in table.vague_firsts:
        return None
    for length in range(min(table.longest, len(lower) - position), 0, -1):
        words = tuple(lower[position : position + length])
        if words not in table.vague:
            continue
        following = lower[position + length] if position + length < len(lower) else ""
        if words == ("many",) and position and lower[position - 1] in ("as", "how", "so", "too"):
            return None
        if words == ("no",) and following in ("longer", "more", "less", "fewer", "later", "."):
            return None
        if words == ("some",) and (following in ("of", "time") or _is_number(following)):
            return None
        if words == ("both",) and "and" in lower[position + 2 : position + 5]:
            behind = lower[lower.index("and", position) + 1 : lower.index("and", position) + 2]
            if not (behind and _is_number(behind[0])):
                return None  # "both soldiers and civilians" counts nobody, "both bombers and nine guards" does
        if (
            words in (("a", "dozen"), ("half", "a", "dozen"))
            and following in ("or", "to")
            and _is_number(lower[position + length + 1] if position + length + 1 < len(lower) else "")
        ):
            return None
        if following in _MEASURES:
            return None
        low, best, high = table.vague[words]
        exact = low is not None and low == high
        return Quantity(
            position, position + length, position, position + length, low, best, high,
            None if exact else " ".join(words), vague=not exact,
        )  # fmt: skip
    return None


def _is_number(word: str) -> bool:
    return bool(_DIGITS.fullmatch(word)) or word in _SMALL or word in _TENS or word in _SCALES


def _number_end(lower: list[str], position: int) -> int:
    """End of the run of number words that begins at ``position``; ``position`` itself where none begins."""
    end = position
    if lower[end] in ("a", "an", "half") and end + 1 < len(lower):
        following = lower[end + 1]
        if following in ("hundred", "thousand", "million"):
            end += 1
        elif lower[end] != "half" or following not in ("a", "-", "dozen"):
            return position
    if not (_is_number(lower[end]) or (lower[end] == "dozen" and end > position)):
        return position
    digits = bool(_DIGITS.fullmatch(lower[end]))
    end += 1
    while end < len(lower):
        word, following = lower[end], lower[end + 1] if end + 1 < len(lower) else ""
        if word in _SCALES or word == "dozen":
            end += 1
        elif not digits and (word in _SMALL or word in _TENS) and lower[end - 1] in {*_SCALES, *_TENS}:
            end += 1
        elif not digits and word in _DASHES and lower[end - 1] in _TENS and 0 < _SMALL.get(following, 0) < 10:
            end += 2
        elif word == "and" and lower[end - 1] in _SCALES and (following in _SMALL or following in _TENS):
            end += 2
        else:
            break
    return end


def _number_at(doc: Doc, lower: list[str], position: int) -> Quantity | None:
    end = _number_end(lower, position)
    if end == position:
        return None
    value = parse_number(lower[position:end])
    if value is None or not _is_count(doc, lower, position, end):
        return None
    low, high, stop = value, value, end
    rising = (
        position > 0
        and lower[position - 1] in ("from", "by")
        and any(w in RISING for w in lower[max(0, position - 4) : position])
    )
    bounds = None if rising else _range_end(lower, position, end)
    if bounds is not None:
        upper = parse_number(lower[bounds[0] : bounds[1]])
        scale = {**_SCALES, "dozen": 12}.get(lower[bounds[1] - 1], 1)
        if upper is not None and end - position == 1 and value < 20 and value * scale <= upper:
            low = value = value * scale  # "two to three dozen"
        if upper is not None and upper >= value and _is_count(doc, lower, bounds[0], bounds[1], in_range=True):
            high, stop = upper, bounds[1]
    start = position
    if start and lower[start - 1] in ("between", "from") and high != low:
        start -= 1
    return Quantity(start, stop, position, stop, low, low if low != high else value, high)


def _range_end(lower: list[str], position: int, end: int) -> tuple[int, int] | None:
    """The tokens of a range's upper number: "20 to 30", "20-30", "between 20 and 30", "two or three"."""
    if end + 1 >= len(lower):
        return None
    word = lower[end]
    joined = (
        word in _DASHES or word in ("to", "or") or (word == "and" and position > 0 and lower[position - 1] == "between")
    )
    if not joined:
        return None
    stop = _number_end(lower, end + 1)
    return (end + 1, stop) if stop > end + 1 else None


def _is_count(doc: Doc, lower: list[str], start: int, end: int, *, in_range: bool = False) -> bool:
    """False for numbers that date, measure, price, rank or name something."""
    before = lower[start - 1] if start and not doc[start].is_sent_start else ""
    after = lower[end] if end < len(lower) else ""
    if before in _CURRENCY or before == "#" or after in _MEASURES or after in ("%", "°"):
        return False
    if after in _DASHES and end + 1 < len(lower) and (joined := _joined(doc, lower, end)) is not None:
        return joined
    if before in _DASHES and start > 1 and not in_range and _is_tail(doc, lower, start):
        return False
    if (
        _is_day(doc, lower, before, after, end)
        or _is_age(doc, before, after, start)
        or _is_listed_age(doc, lower, start)
    ):
        return False
    if before in _NAMED_BY_NUMBER and (doc[start - 1].text[0].isupper() or before in ("no.", "number", "no")):
        return before == "no" and doc[start - 1].text == "no"
    if end - start == 1 and _YEAR.fullmatch(lower[start]) and _reads_as_year(doc, before, after, start):
        return False
    if _is_clock(lower, before, after, start, end):
        return False
    return not (lower[start].isdigit() and len(lower[start]) > 1 and lower[start][0] == "0")


def _joined(doc: Doc, lower: list[str], end: int) -> bool | None:
    """Whether a number with a hyphen behind it counts: "5-member" does, "13-year" does not; ``None`` for a dash."""
    joined = lower[end + 1]
    if joined in ("year", "month", "day", "week", "old", "hour", "minute", "story", "storey", "strong"):
        return False
    glued = not doc[end - 1].whitespace_ and not doc[end].whitespace_
    if glued and not _is_number(joined) and joined.isalpha():
        return joined in ("member", "man", "person")
    return None


def _is_tail(doc: Doc, lower: list[str], start: int) -> bool:
    """True in "AK-47" and "F-16", where the number is glued to a word; "Feb. 3-4" is caught as a range before."""
    glued = not doc[start - 1].whitespace_ and not doc[start - 2].whitespace_
    return glued and (doc[start - 2].is_alpha or _is_number(lower[start - 2]))


def _is_day(doc: Doc, lower: list[str], before: str, after: str, end: int) -> bool:
    """True beside a month: "May 3", "3 May", "3 of May"; but not in "12 may have died"."""
    if before in _MONTHS or before.rstrip(".") in _MONTHS:
        return True
    if after == "of":
        return end + 1 < len(lower) and lower[end + 1] in _MONTHS
    return after in _MONTHS and not (after == "may" and doc[end].tag_ == "MD")


def _is_age(doc: Doc, before: str, after: str, start: int) -> bool:
    """True in "aged 12", "Ana Ruiz, 27,", "Ana Ruiz, 27; Luis Ruiz, 30, …", "a driver, 30," and "Ana Ruiz (27)"."""
    if before in ("aged", "age", "ages"):
        return True
    after_name = start > 1 and doc[start - 2].tag_ in ("NNP", "NNPS")
    if before == after == "," and start > 1 and people().singular.get(doc[start - 2].lower_) is not None:
        return True
    if before == "," and (after in (",", ".", ";") or (after == "and" and doc[start - 2].ent_type_ == "PERSON")):
        return after_name and doc[start - 2].text[0].isupper()
    return before == "(" and after == ")" and after_name


def _is_listed_age(doc: Doc, lower: list[str], start: int) -> bool:
    """True for each number in "ages 25, 26 and 33" and in "three men, 25, 26 and 33,"."""
    if not _AGE.fullmatch(lower[start]):
        return False
    first = last = start
    while first > 1 and (_AGE.fullmatch(lower[first - 1]) or lower[first - 1] in (",", "and")):
        first -= 1
    while last + 1 < len(lower) and (_AGE.fullmatch(lower[last + 1]) or lower[last + 1] in (",", "and")):
        last += 1
    if lower[first - 1] in ("ages", "aged", "age"):
        return True
    if last + 1 < len(lower) and doc[last + 1].tag_.startswith(("NN", "JJ")):
        return False  # "in Homs, 12 and 13 people"
    numbers = sum(bool(_AGE.fullmatch(word)) for word in lower[first : last + 1])
    return numbers > 1 and lower[first] == "," and doc[first - 1].tag_.startswith("NN")


_AGE = re.compile(r"[1-9]\d?")


def _reads_as_year(doc: Doc, before: str, after: str, start: int) -> bool:
    return before in _BEFORE_YEAR or after in _AFTER_YEAR or bool(start and doc[start - 1].tag_ in ("NNP", "CD"))


_BEFORE_YEAR = frozenset(
    {"", "in", "since", "of", "by", "until", "during", "from", "early", "late", "mid", "after", ",", "("}
)
_AFTER_YEAR = frozenset({"", ".", ",", ":", ")", "-", "–", "and", "when"})


def _is_clock(lower: list[str], before: str, after: str, start: int, end: int) -> bool:
    """True in "10:30"."""
    if after == ":" and end + 1 < len(lower) and lower[end + 1][:1].isdigit():
        return True
    return before == ":" and start > 1 and lower[start - 2][-1:].isdigit()


def _qualify(lower: list[str], quantity: Quantity, floor: int) -> Quantity:
    """Widen a quantity by the words that bound it, and set its bounds."""
    table = conventions()
    start, end = quantity.start, quantity.end
    kind: str | None = None
    words: tuple[str, ...] = ()
    for length in range(min(table.longest, start - floor), 0, -1):
        before = tuple(lower[start - length : start])
        if before in table.before:
            kind, words, start = table.before[before], before, start - length
            break
    for length in range(min(3, len(lower) - end), 0, -1):
        after = tuple(lower[end : end + length])
        if after in table.after and not (kind and after == ("at", "least")):
            kind, words, end = table.after[after], after, end + length
            break
    if kind is None or quantity.vague:
        return quantity
    low, best, high = quantity.low, quantity.best, quantity.high
    if kind == "lower":
        high = None
    elif kind == "upper":
        low, best = (None, high) if low == high else (low, best)
    elif kind == "about" and low == high:
        low = high = None
    qualifier = " ".join(words) if kind != "exact" else quantity.qualifier
    return Quantity(start, end, quantity.number, quantity.number_end, low, best, high, qualifier, quantity.vague)
