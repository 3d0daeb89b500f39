"""Stage ``sentences``: where sentences begin, told to spaCy's parser before it runs.

Two questions, kept apart. :func:`line_breaks` reads the layout: does a new line open a new paragraph, or was a long
line wrapped? :func:`borders` then goes through the tokens and says for each whether a sentence must begin there
(``True``), cannot (``False``), or is the parser's to decide (``None``). The main rule is that a sentence begins only
after an end mark or at a break of the layout; abbreviations, brackets and quotes refine it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, cast

import numpy as np
from pydantic import BaseModel, ConfigDict
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import facts, trace
from pipeline.resources import load_yaml

STAGE = "sentences"
# Above this many characters a line is a whole paragraph, not a line of wrapped text.
MAX_WRAP_WIDTH = 120
# A line counts as full if the next line's first word would have come this near to the margin.
WRAP_SLACK = 6
# Longer brackets are more likely a stray bracket than an aside.
MAX_BRACKET = 80

_END_MARKS = frozenset({".", "!", "?", "…", "..", "...", "....", "?!", "!!", "??", "!?", "。", "۔", "؟"})
_SURE_ENDS = frozenset({".", "!", "?", "?!", "!!", "!?", "۔", "؟"})
_CLOSERS = frozenset({"''", "”", "’", "»", ")", "]", "}"})
_OPENERS = frozenset({"``", "“", "‘", "«", "(", "[", "{"})
_STRAIGHT_QUOTES = frozenset({'"', "'"})
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_BULLETS = frozenset({"•", "·", "*", "|", "■", "●", "▪", "◦", "_", "__", "___"})
_LINE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_DATELINE = re.compile(r"\s*[A-Z][\w'’.\-]+(?:[ ,]+[\w'’.\-]+){0,6}\s*(?:\([^()]{2,30}\)\s*)?(?:—|–|--| - )\s*\S")
# "DAYRIK, Syria — ", "Nairobi (Agency) -- ": the place of the report before its first sentence.
_DATELINE_HEAD = re.compile(
    r"[A-Z][\w'’.\-]*(?:,? [\w'’.\-]+){0,4}(?:, [A-Z][\w. ]{1,20})?(?:, \d{1,2} \w{3,9}(?: \d{2,4})?)?"
    r"(?: ?\([^()\n]{2,40}\))? ?(?:—|–|--| - |:(?= )) ?(?=\S)"
)
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?\Z")


class Options(BaseModel):
    """``line_breaks``: ``auto`` reads the layout, ``always`` starts a sentence at every new line, ``never`` at none
    but empty lines (text that is hard-wrapped throughout)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    line_breaks: Literal["auto", "always", "never"] = "auto"


@dataclass(frozen=True)
class _Abbreviations:
    before_name: frozenset[str]
    before_number: frozenset[str]
    months: frozenset[str]
    regions: frozenset[str]
    ends_of_names: frozenset[str]
    times: frozenset[str]
    after_times: frozenset[str]
    openers: frozenset[str]
    unfinished: frozenset[str]
    known: frozenset[str]


@lru_cache(maxsize=1)
def _abbreviations() -> _Abbreviations:
    data = load_yaml("lexicons", "abbreviations.yaml")

    def folded(*names: str) -> frozenset[str]:
        return frozenset(str(word).lower() for name in names for word in data[name])

    groups = {
        "before_name": folded("before_name"),
        "before_number": folded("before_number"),
        "months": folded("months", "weekdays"),
        "regions": folded("regions"),
        "ends_of_names": folded("ends_of_names", "tails"),
        "times": folded("times"),
    }
    return _Abbreviations(
        **groups,
        after_times=folded("after_times"),
        openers=folded("openers"),
        unfinished=folded("unfinished"),
        known=frozenset().union(*groups.values()),
    )


def line_breaks(text: str, *, title: str | None = None, body_start: int = 0, mode: str = "auto") -> dict[int, bool]:
    """Tell new paragraphs from wrapped lines.

    Returns:
        For the offset of the first character of each line but the first: True if the line opens a new paragraph
        (or list item, or follows a headline), False if it carries on the line before it.
    """
    lines: list[tuple[int, int, bool]] = []  # start and end of the content, and whether an empty line stands before it
    at, empty = 0, False
    for raw in text.split("\n"):
        content = raw.strip()
        if content:
            start = at + len(raw) - len(raw.lstrip())
            lines.append((start, start + len(content), empty))
        empty = not content
        at += len(raw) + 1
    width = max((end - start for start, end, _ in lines), default=0)
    indents = [start - (text.rfind("\n", 0, start) + 1) for start, _, _ in lines]
    unfinished = _abbreviations().unfinished
    title_end = len(title) if title and text.startswith(title) else -1
    found: dict[int, bool] = {}
    for number in range(1, len(lines)):
        (before_start, before_end, _), (start, end, after_empty) = lines[number - 1], lines[number]
        line, before = text[start:end], text[before_start:before_end]
        carries_on = (line[0].islower() and not _LINE_END.search(before)) or before.split()[-1] in unfinished
        if start == body_start or before_end == title_end:
            found[start] = True
        elif after_empty:
            found[start] = not carries_on
        elif mode != "auto":
            found[start] = mode == "always"
        elif carries_on or before[-1] in ",;":
            found[start] = False
        elif line[0] in _BULLETS or line[:2] in ("- ", "– ", "— ") or indents[number] >= indents[number - 1] + 2:
            found[start] = True
        elif width > MAX_WRAP_WIDTH or (number == 1 and _DATELINE.match(line)):
            found[start] = True
        else:
            room = width - (before_end - before_start) - 1 - len(line.split(None, 1)[0])
            found[start] = room >= WRAP_SLACK
    return found


def datelines(text: str, breaks: dict[int, bool]) -> list[int]:
    """Offsets of the first word behind each dateline that opens a paragraph.

    The parser reads a dateline as a sentence of its own, since it spoils the parse of what follows; the record keeps
    both together.
    """
    found = []
    for start in [0, *(offset for offset, opens in breaks.items() if opens)]:
        match = _DATELINE_HEAD.match(text, start)
        if match is None:
            continue
        head = text[start : match.end()]
        words = re.findall(r"[A-Za-z][\w'’.\-]*", head)
        capitals = (
            (words[0].isupper() and len(words[0]) > 2)
            or "(" in head
            or (all(word[0].isupper() for word in words) and "," in head)
        )
        if capitals and len(words) <= 9:
            found.append(match.end())
    return found


def borders(doc: Doc, breaks: dict[int, bool]) -> list[tuple[int, bool | None, str]]:
    """Say for each token but the first whether a sentence begins there.

    Args:
        breaks: the answer of :func:`line_breaks`.

    Returns:
        ``(token index, True | False | None, rule)``; ``None`` leaves it to the parser.
    """
    lexicon = _abbreviations()
    tokens = [(token.i, token.text, token.idx) for token in doc]
    tokens = [item for item in tokens if not item[1].isspace()]
    words = [word for _, word, _ in tokens]
    starts = [breaks.get(offset) is True for _, _, offset in tokens]
    opening = _opening_marks(tokens, starts)
    aside = _inside_brackets(words, starts)
    answers: list[tuple[int, bool | None, str]] = []
    for position in range(1, len(tokens)):
        index = tokens[position][0]
        if starts[position]:
            answers.append((index, True, "paragraph"))
            continue
        last = position - 1  # the last token before this one that does not close a quote or bracket
        while last > 0 and not starts[last] and _closes(words[last], last in opening):
            last -= 1
        mark = words[last]
        if mark not in _END_MARKS and not (len(mark) > 1 and mark[-1] == "."):
            if mark in _BULLETS:
                answers.append((index, None, "after a bullet"))
            else:
                answers.append((index, False, "no end mark before"))
        elif position in aside:
            answers.append((index, False, "inside brackets"))
        elif words[position] in _END_MARKS or _closes(words[position], position in opening):
            answers.append((index, False, "still the end of the sentence"))
        else:
            first = position  # the first word of what may be a sentence, after its opening quotes and brackets
            while first < len(words) - 1 and first in opening:
                first += 1
            value, rule = _after_mark(words, last, first, last < position - 1, lexicon)
            answers.append((index, value, rule))
    return answers


def _closes(word: str, opening: bool) -> bool:
    return word in _CLOSERS or (word in _STRAIGHT_QUOTES and not opening)


def _opening_marks(tokens: list[tuple[int, str, int]], starts: list[bool]) -> set[int]:
    """Positions of opening quotes and brackets; a straight quote opens with a space before it and none after."""
    found: set[int] = set()
    end = -1
    for position, (_, word, offset) in enumerate(tokens):
        if word in _OPENERS:
            found.add(position)
        elif word in _STRAIGHT_QUOTES:
            closes = position + 1 == len(tokens) or tokens[position + 1][2] > offset + 1
            if starts[position] or not position or (end < offset and not closes) or (position - 1) in found:
                found.add(position)
        end = offset + len(word)
    return found


def _after_mark(
    words: list[str], last: int, first: int, closed: bool, lexicon: _Abbreviations
) -> tuple[bool | None, str]:
    """Whether ``words[first]``, the first word after the end mark at ``last``, opens a sentence.

    ``closed`` says that a quote or bracket was closed in between.
    """
    opener = words[first]
    mark = words[last]
    if not (opener[0].isalnum() or opener[0] in "$£€¥₹#@"):
        return (None, "end mark") if mark in _SURE_ENDS and not closed else (False, "punctuation")
    if opener[0].islower():
        if closed or mark not in _SURE_ENDS:
            return False, "small letter"
        return None, "small letter after an end mark"  # a name such as al-Qaida, or an unknown abbreviation
    if mark in ("…", "..", "...", "...."):
        return None, "ellipsis"
    if mark == "." or len(mark) > 1:
        stem = (words[last - 1] if last and mark == "." else mark[:-1]).lower()
        verdict = _after_abbreviation(stem, words, last, first, lexicon)
        if verdict is not None:
            return verdict
    if mark == "." and last and words[last - 1].isdigit() and len(words[last - 1]) < 3:
        if last == 1 or words[last - 2] in _END_MARKS:
            return False, "number of a list item"
    if mark in ("!", "?") and closed:
        return None, "quoted question"
    return (True, "end mark") if mark in _SURE_ENDS else (None, "unknown abbreviation")


def _after_abbreviation(
    stem: str, words: list[str], last: int, first: int, lexicon: _Abbreviations
) -> tuple[bool | None, str] | None:
    """The verdict after ``stem`` and its full stop; ``None`` if it is no abbreviation."""
    opener, then = words[first], words[first + 1] if first + 1 < len(words) else ""
    number = opener[0].isdigit()
    opens = opener.lower() in lexicon.openers
    if stem in lexicon.times:
        inside = number or opener.lower() in lexicon.after_times or then == "time"
        return (False, "clock time") if inside else (True, "after a clock time")
    single = len(stem) == 1 and stem.isalpha()
    if stem not in lexicon.known and not single and not _INITIALS.match(stem):
        return None
    before_only = stem in lexicon.before_name and stem not in lexicon.ends_of_names
    if before_only:
        return False, "title or abbreviation before a name"
    if stem in lexicon.months and _is_day(words, last):
        # "on 24 Jan. Two men died": the date is complete, unless its year follows
        year = len(opener) == 4 and number
        return (False, "year after a month") if year else (True, "after a date")
    if stem in lexicon.before_number or stem in lexicon.months:
        # "No." and "Sun." are words as well: only a number makes them abbreviations for certain.
        if number:
            return False, "abbreviation before a number"
        return None if words[last] == "." else (opens or None, "abbreviation")
    if opens:
        return True, "opening word after an abbreviation"
    if single:
        named = last >= 2 and words[last - 2][:1].isupper() if words[last] == "." else last >= 1
        return (False, "initial of a name") if named and opener[0].isupper() else (None, "initial")
    if number:
        return None, "number after an abbreviation"
    return None, "abbreviation"


def _is_day(words: list[str], last: int) -> bool:
    """Whether a day's number stands before the month whose full stop is at ``last``."""
    before = last - 1 if len(words[last]) > 1 else last - 2
    return before >= 0 and words[before].isdigit() and 0 < int(words[before]) < 32


def _inside_brackets(words: list[str], starts: list[bool]) -> set[int]:
    """Positions inside a bracket that stands within a sentence, its closing mark included."""
    inside: set[int] = set()
    stack: list[tuple[str, int]] = []
    for position, word in enumerate(words):
        if starts[position]:
            stack.clear()
        if word in ("(", "[", "{"):
            stack.append((word, position))
        elif word in _BRACKETS and stack and stack[-1][0] == _BRACKETS[word]:
            _, opened = stack.pop()
            own = opened > 0 and words[opened - 1] in _SURE_ENDS and words[position - 1] in _SURE_ENDS
            if position - opened <= MAX_BRACKET and not own:
                inside.update(range(opened + 1, position + 1))
    return inside


def set_borders(doc: Doc, options: Options) -> Doc:
    """Preset the sentence borders that the layout and the punctuation decide; the parser sets the others."""
    article = facts.article(doc)
    breaks = line_breaks(
        facts.read_text(doc),
        title=article.title if article else None,
        body_start=article.body_start if article else 0,
        mode=options.line_breaks,
    )
    # Whitespace belongs to the sentence before it: False where nothing else is said.
    starts = np.full((len(doc), 1), -1, dtype="int64")
    starts[:1] = 0
    answers = borders(doc, breaks)
    behind = set(datelines(facts.read_text(doc), breaks))
    if behind:
        answers = [
            (i, True, "behind a dateline") if doc[i].idx in behind else (i, value, rule) for i, value, rule in answers
        ]
    facts.join_sentences(doc, sorted(behind))
    for index, value, _ in answers:
        starts[index] = 0 if value is None else 1 if value else -1
    doc.from_array(["SENT_START"], cast("Any", starts.view("uint64")))
    if trace.on():
        _report(doc, answers)
    return doc


def _report(doc: Doc, answers: list[tuple[int, bool | None, str]]) -> None:
    for index, value, rule in answers:
        token = doc[index]
        at = (token.idx, token.idx + len(token), token.text)
        if value:
            trace.note(STAGE, "added", *at, rule)
        elif value is None:
            trace.note(STAGE, "read", *at, rule, "left to the parser")
        elif rule != "no end mark before":
            trace.note(STAGE, "rejected", *at, rule, "no sentence begins here")


@Language.factory("dateline_sentences", assigns=["token.is_sent_start"], default_config={"line_breaks": "auto"})
def make_sentences(nlp: Language, name: str, line_breaks: str) -> Callable[[Doc], Doc]:
    """The component of stage ``sentences``; it must stand before the parser."""
    options = Options.model_validate({"line_breaks": line_breaks})
    return lambda doc: set_borders(doc, options)
