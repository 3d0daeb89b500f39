"""Rules that find the case of each word of an upper-case passage, one after the other.

A word is written as a name unless the lexicon knows it as an ordinary word; then the words beside it speak: names that
lexicons know, short forms in brackets with the words that they stand for, titles, kinds of places and organisations
after a name ("Arce Battalion"), particles inside one ("San Luis de la Reina").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.lexicon import is_title
from pipeline.truecase.lexicon import WORD, CaseLexicon, case_lexicon

Case = Literal["small", "name", "as is"]

_MARKS = re.compile("[\u0300-\u036f]")
_WITH_NUMBER = re.compile(r"\d+(?:st|nd|rd|th|d|s|mm|cm|m|km|kg|am|pm|h|hrs)")
_ROMAN = re.compile(r"(?=[ivx]{2})x{0,3}(?:ix|iv|v?i{0,3})")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s|\n\s*\n|--|—|[,:]\s*[\"“«]$|^[\"“«]$")
_APOSTROPHES = "'’ʼ"
# Small words that the short form of a name may leave out.
_LINKS = frozenset(
    {"of", "for", "and", "de", "del", "la", "las", "los", "el", "y", "e", "do", "da", "para", "por", "du", "des"}
)


@dataclass(slots=True)
class _Word:
    """A word of a passage. ``base`` is it in small letters, without "'s"; ``form`` wins over ``case``."""

    start: int
    text: str
    gap: str  # what stands before it
    base: str
    case: Case = "small"
    form: str | None = None
    fixed: bool = False  # a lexicon or the text itself has spoken
    plain_name: bool = False  # a name that is no nation, people or date: titles and kinds go with it

    @property
    def joined(self) -> bool:
        """Whether nothing but white space stands before it."""
        return self.gap.isspace()


def in_normal_case(text: str) -> str:
    """An upper-case passage in normal case, of the same length."""
    words = _words(text)
    for rule in RULES:
        rule(words, text)
    out: list[str] = []
    done = 0
    for word in words:
        out += [text[done : word.start], _written(word)]
        done = word.start + len(word.text)
    return "".join([*out, text[done:]])


def _words(text: str) -> list[_Word]:
    found = []
    done = 0
    for match in WORD.finditer(text):
        plain = _MARKS.sub("", unicodedata.normalize("NFC", match[0])).lower()
        base = re.sub(f"[{_APOSTROPHES}]s?$|[{_APOSTROPHES}]s$", "", plain)
        found.append(_Word(match.start(), match[0], text[done : match.start()], base))
        done = match.end()
    return found


def _by_itself(words: list[_Word], text: str) -> None:
    """What each word is without the words beside it."""
    lexicon = case_lexicon()
    for word in words:
        base = word.base
        if any(map(str.islower, word.text)) or "." in base:
            word.case, word.fixed = "as is", True
            word.plain_name = word.text[:1].isupper() and "." not in base and not word.text.isupper()
        elif any(map(str.isdigit, base)):
            word.case, word.fixed = ("small" if _WITH_NUMBER.fullmatch(base) else "as is"), True
        elif len(base) == 1:
            initial = text[word.start + 1 : word.start + 2] == "." and word.base != "i"
            word.case = "small" if base == "a" and not initial else "as is"
        elif base in lexicon.lists["months"] or base in lexicon.lists["weekdays"] or base in lexicon.proper:
            word.case, word.fixed = "name", True
        elif base in lexicon.acronyms or _ROMAN.fullmatch(base):
            word.case, word.fixed = "as is", True
        elif lexicon.is_ordinary(base):
            word.case = "small"
        elif base in lexicon.short_titles:
            word.form, word.fixed = lexicon.short_titles[base], True
        elif len(base) <= 5 and base.isascii() and not set(base) & set("aeiouy'’"):
            word.case = "as is"
        else:
            word.case, word.plain_name = "name", True


def _known_names(words: list[_Word], text: str) -> None:
    """Names that lexicons know, in their own case."""
    phrases = case_lexicon().phrases
    position = 0
    while position < len(words):
        step = 1
        for forms in phrases.get(words[position].base, ()):
            run = words[position : position + len(forms)]
            if len(run) == len(forms) and all(
                word.base == form.lower() and (not n or word.gap.isspace() or word.gap == "-")
                for n, (word, form) in enumerate(zip(run, forms, strict=True))
            ):
                for word, form in zip(run, forms, strict=True):
                    word.form = form if len(form) <= len(word.text) else None
                    word.case, word.fixed = "name", True
                step = len(forms)
                break
        position += step


def _short_forms(words: list[_Word], text: str) -> None:
    """``[FMLN]`` after the words that it stands for: it stays, and they are a name."""
    lexicon = case_lexicon()
    acronyms = set()
    for position, word in enumerate(words):
        after = text[word.start + len(word.text) : word.start + len(word.text) + 1]
        if word.gap[-1:] not in ("(", "[") or after not in (")", "]") or not 2 <= len(word.base) <= 8:
            continue
        run = _run_before(words, position, len(word.base) + 4, lexicon)
        initials = [one.base[0] for one in run]
        shared = sum(min(initials.count(letter), word.base.count(letter)) for letter in set(word.base))
        ordinary = word.base in lexicon.ordinary
        if len(word.base) < 5 and not ordinary and text[word.start + len(word.text) + 1 :].lstrip()[:1] in ("-", "—"):
            acronyms.add(word.base)  # the agency in a dateline: "(EFE) --"
        if ordinary and run and run[-1].base in lexicon.lists["after_names"]:
            ordinary = False  # "... Republican Alliance [ARENA]"
        if shared * 2 >= len(word.base) and (not ordinary or shared == len(word.base)):
            acronyms.add(word.base)
            for one in run[-max(len(word.base), 2) :]:
                _make_name(one)
    for position, word in enumerate(words):
        beside = [one.base for one in words[max(0, position - 1) : position + 2] if one is word or one.gap == "-"]
        part = len(word.base) < 4 and word.plain_name and any(base in acronyms for base in beside)  # "UC-ELN"
        if word.base in acronyms or part:
            word.case, word.form, word.fixed, word.plain_name = "as is", None, True, False


def _run_before(words: Sequence[_Word], position: int, most: int, lexicon: CaseLexicon) -> list[_Word]:
    """The words before a bracket that can be a name, without its small words."""
    run: list[_Word] = []
    index = position - 1
    while index >= 0 and len(run) < most and words[index].base not in lexicon.lists["breaks"]:
        if words[index].base not in _LINKS:
            run.insert(0, words[index])
        if not (words[index].joined or words[index].gap == "-"):
            break
        index -= 1
    return run


def _make_name(word: _Word) -> None:
    if not word.fixed:
        word.case, word.plain_name = "name", True


def _dates_and_us(words: list[_Word], text: str) -> None:
    """Months beside a number ("3 Jan 90") and "US" before a noun."""
    lists = case_lexicon().lists
    for position, word in enumerate(words):
        before = words[position - 1].base if position else ""
        after = words[position + 1].base if position + 1 < len(words) else ""
        if word.base in lists["short_months"]:
            number = before[:1].isdigit() or (after[:1].isdigit() and word.base != "may")
            if number or (word.base in ("may", "march") and before in lists["before_months"] and after != "be"):
                word.case, word.form, word.fixed, word.plain_name = "name", None, True, False
        elif word.base == "us":
            follows = position + 1 < len(words) and words[position + 1].joined
            pronoun = before in lists["before_us"] or (before != "the" and after in lists["breaks"])
            word.case = "as is" if follows and not pronoun else "small"
            word.form, word.fixed = None, True


def _beside_names(words: list[_Word], text: str) -> None:
    """Words that are names beside a name: surnames that are ordinary words, titles, kinds of places."""
    lexicon = case_lexicon()
    surnames = set()
    for position, word in enumerate(words):
        previous = words[position - 1] if position and word.joined else None
        if word.fixed or word.base not in lexicon.also_names or previous is None:
            continue
        titled = is_title(previous.base) or previous.form in lexicon.short_titles.values()
        if titled or previous.plain_name or (len(previous.base) == 1 and previous.case == "as is"):
            _make_name(word)
            surnames.add(word.base)
    surnames -= lexicon.lists["only_beside_names"]
    for position, word in enumerate(words):
        if word.base in surnames and not (position and words[position - 1].base in ("a", "an")):
            _make_name(word)
    for position in range(len(words) - 1, -1, -1):
        word = words[position]
        following = words[position + 1] if position + 1 < len(words) and words[position + 1].joined else None
        previous = words[position - 1] if position and word.joined else None
        if word.case != "small" or word.fixed:
            continue
        if following is not None and following.plain_name:
            if is_title(word.base) or word.base in lexicon.lists["before_names"]:
                word.case, word.plain_name = "name", True
        elif following is not None and following.base == "of" and word.base in lexicon.lists["before_of"]:
            then = words[position + 2] if position + 2 < len(words) else None
            if then is not None and (then.plain_name or then.fixed) and then.case == "name":
                word.case = "name"
        if previous is not None and previous.plain_name and word.base in lexicon.lists["after_names"]:
            word.case = "name"


def _particles(words: list[_Word], text: str) -> None:
    """Small words inside names."""
    lists = case_lexicon().lists
    for position, word in enumerate(words):
        if word.fixed and word.form is None:
            continue
        gap = text[word.start + len(word.text) : word.start + len(word.text) + 1]
        previous = words[position - 1] if position and word.joined else None
        following = words[position + 1] if position + 1 < len(words) else None
        if gap == "-" and word.base in lists["articles"] and following is not None and following.case == "name":
            word.case, word.form = "small", None
        elif word.form is not None or previous is None or following is None or not following.joined:
            continue
        elif word.base in lists["inner"]:
            names = previous.case == "name" and (following.case == "name" or following.base in lists["outer"])
            if names:
                word.case, word.plain_name = "small", True
            elif word.base in case_lexicon().ordinary:
                word.case = "small"
        elif word.base in lists["outer"] and previous.base in ("de", "y") and previous.case == "small":
            word.case, word.plain_name = "small", True


def _sentence_starts(words: list[_Word], text: str) -> None:
    """The first word of a sentence has a capital, also within and behind a label: "[Text] The ..."."""
    short_titles = case_lexicon().short_titles
    in_label = False
    previous: _Word | None = None
    for word in words:
        starts = previous is None or bool(_SENTENCE_END.search(word.gap))
        if starts and previous is not None and word.gap[:1] == ".":
            starts = previous.base not in short_titles and not (len(previous.base) == 1 and previous.base.isalpha())
        starts = starts or (in_label and "]" in word.gap)
        in_label = (in_label and "]" not in word.gap) or (starts and word.gap.endswith("["))
        if starts and word.case == "small" and word.form is None:
            word.case = "name"
        previous = word


def _written(word: _Word) -> str:
    """The word's characters in the case that was found for it."""
    text = word.text
    if word.form is not None and not any(map(str.islower, text)):
        head = "".join(_small(char) if shape.islower() else char for char, shape in zip(text, word.form, strict=False))
        return head + "".join(map(_small, text[len(word.form) :]))
    if word.case == "as is":
        stem = re.sub(f"([{_APOSTROPHES}])S$", r"\1s", text)
        return stem if len(stem) == len(text) else text
    if word.case == "small":
        return "".join(map(_small, text))
    return _as_name(text)


def _as_name(text: str) -> str:
    """``D'AUBUISSON'S`` to ``D'Aubuisson's``, ``MCDONALD`` to ``McDonald``, ``SHI'ITE`` to ``Shi'ite``."""
    out: list[str] = []
    parts = re.split(f"([{_APOSTROPHES}])", text)
    for number, part in enumerate(parts):
        first = number == 0 or (number == 2 and len(parts[0]) == 1 and len(part) > 2)
        if not first:
            out.append("".join(map(_small, part)))
            continue
        keep = {0}
        if part.startswith("MC") and len(part) > 4:
            keep.add(2)
        out.append("".join(char if n in keep else _small(char) for n, char in enumerate(part)))
    return "".join(out)


def _small(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else char


RULES: tuple[Callable[[list[_Word], str], None], ...] = (
    _by_itself,
    _known_names,
    _short_forms,
    _dates_and_us,
    _beside_names,
    _particles,
    _sentence_starts,
)
"""Each reads and sets the words of a passage; later rules see what earlier ones found."""
