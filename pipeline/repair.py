"""Mojibake: text that was decoded wrongly somewhere before it came here, such as ``Ã©`` for ``é``, set right.

Only what :mod:`ftfy` is sure of is changed: whole lines that turn into good text when the wrong step is undone. HTML
entities, quotation marks, widths, ligatures, line ends and normal forms stay as they are, and so does every text
without mojibake, to the byte. What came from nowhere is not invented: a lost byte becomes U+FFFD.
"""

from __future__ import annotations

import re

# A character that was decoded wrongly is two or three others side by side, a lost no-break space after a capital, or a
# control character. Where there is nothing of the kind, a tenth of a second of imports is saved.
_SUSPECT = re.compile("[^\x00-\x7f]{2}|[\x80-\x9f]|[\u00c0-\u00df] ")
_CONTEXT = 24  # characters of an example


def repair_text(text: str) -> tuple[str, tuple[str, str] | None]:
    """The text as it was meant, and one example, before and after; ``None`` where nothing was wrong.

    The length may change, so offsets into the one do not fit the other.
    """
    if not _SUSPECT.search(text):
        return text, None
    import ftfy
    from ftfy.badness import is_bad

    if not is_bad(text):
        return text, None
    lines = text.split("\n")
    fixed = [ftfy.fix_encoding(line) if _SUSPECT.search(line) else line for line in lines]
    example = next(((_short(a, b), _short(b, a)) for a, b in zip(lines, fixed, strict=True) if a != b), None)
    return "\n".join(fixed), example


def _short(line: str, other: str) -> str:
    """The words of a line around the first place where it differs from another."""
    at = next((n for n, (a, b) in enumerate(zip(line, other, strict=False)) if a != b), min(len(line), len(other)))
    return line[max(0, at - _CONTEXT // 2) : at + _CONTEXT // 2]
