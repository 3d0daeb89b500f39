"""Normal case for text that is UPPER CASE throughout, as old newswire and some agencies' feeds are.

The models that read a text were trained on normal case and are poor on capitals. :func:`truecase` rewrites upper-case
passages and leaves the rest as it is; no character moves, so offsets into its answer are offsets into the text.
Begin with :data:`pipeline.truecase.rules.RULES` for how the case of a word is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.truecase.rules import in_normal_case

# Upper-case letters that make an upper-case passage inside a text of normal case: a headline has fewer.
LONG_PASSAGE = 150
# A whole text needs no more than this to be one.
SHORT_TEXT = 20
_SHOUTED_SHARE = 0.9
_MIN_WORDS = 4


def is_shouted(text: str) -> bool:
    """Whether a text or a passage is upper case throughout: nine of ten letters, in four words or more."""
    return _shouted_letters(text) >= SHORT_TEXT and len(re.findall(r"[^\W\d_]{2,}", text)) >= _MIN_WORDS


def truecase(text: str) -> str:
    """The text with its upper-case passages in normal case, of the same length; the same object where it has none.

    A passage is the whole text or a run of lines. Inside a text of normal case a headline or a dateline in capitals
    stays: only runs of :data:`LONG_PASSAGE` letters and more are rewritten. Characters whose small form is not one
    code point stay as well.
    """
    if not any(char.isupper() for char in text):
        return text
    passages = [(0, len(text))] if is_shouted(text) else list(_passages(text))
    out: list[str] = []
    done = 0
    for start, end in passages:
        out += [text[done:start], in_normal_case(text[start:end])]
        done = end
    written = "".join([*out, text[done:]])
    return text if written == text else written


def _shouted_letters(text: str) -> int:
    """The number of upper-case letters; 0 where the text is not upper case."""
    upper = sum(map(str.isupper, text))
    return upper if upper and upper >= _SHOUTED_SHARE * (upper + sum(map(str.islower, text))) else 0


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """The upper-case runs of lines that are too long for headlines."""
    start = at = letters = 0
    for line in [*text.splitlines(keepends=True), "x"]:
        shouted = _shouted_letters(line)
        if not shouted and any(char.islower() or char.isupper() for char in line):
            if letters >= LONG_PASSAGE:
                yield start, at
            start, letters = at + len(line), 0
        letters += shouted
        at += len(line)
