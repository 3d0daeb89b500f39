"""What the readers of all formats share: what they give, how much they take at once, and bytes that become text."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.articles import Notice
from pipeline.errors import InputError

MAX_BYTES = 64 * 2**20
"""Largest single document (file, page, feed, JSON line, element of a JSON list, CSV row) that is read into memory."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ASCII = bytes(range(128))
# pages that call themselves ASCII or Latin-1 mean Windows-1252 (WHATWG Encoding Standard, labels of windows-1252)
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252"}
# codecs of Python's that are no encodings of documents
_NO_DOCUMENT = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a format gives for one article.

    ``row`` counts from 1 and is ``None`` where the file is one article; ``member`` is the path inside an archive.
    """

    row: int | None
    values: dict[str, Any]
    headline: str | None = None
    notices: tuple[Notice, ...] = ()
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A part that should have been an article and could not be read."""

    row: int | None
    error: InputError
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part that is no article and was never meant to be one; ``reason`` is a key of ``pipeline.articles.SKIPS``."""

    reason: str


Part = Found | Unread | Skipped
Reader = Callable[[io.BufferedReader], Iterator[Part]]


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, tuple[Notice, ...]]:
    """Text of bytes whose encoding is not known for sure; a byte order mark is not part of the text.

    UTF-8 is tried first, then what the document declares. Mostly ASCII bytes that are neither are read as
    Windows-1252, the usual encoding of older English text; anything else is left to charset-normalizer. A guess comes
    with a notice.

    Raises:
        InputError: ``not_text``.
    """
    for encoding in (bom(data) or "utf-8", _document_encoding(declared)):
        if encoding is None:
            continue
        try:
            return checked(data.decode(encoding)), ()
        except UnicodeError:
            continue
    if b"\0" in data:
        raise InputError("not_text", "the bytes are binary data, not text")
    if len(data.translate(None, _ASCII)) * 10 < len(data):
        try:
            text, guessed = data.decode("cp1252"), "windows-1252"
        except UnicodeDecodeError:
            text, guessed = data.decode("latin-1"), "latin-1"
    else:
        import charset_normalizer

        best = charset_normalizer.from_bytes(data).best()
        if best is None:
            raise InputError("not_text", "the bytes are no text in any known encoding")
        text, guessed = str(best), best.encoding
    return checked(text), (Notice("encoding_guessed", f"the text is not UTF-8; it was read as {guessed}"),)


def _document_encoding(declared: str | None) -> str | None:
    """Python's name of a declared encoding; ``None`` where it is none that a document can be in."""
    try:
        codec = codecs.lookup(declared or "")
    except (LookupError, ValueError):  # ValueError: a name with a NUL in it
        return None
    name = codec.name.replace("_", "-")
    is_text = getattr(codec, "_is_text_encoding", True)  # "hex" and "zip" are codecs too
    return _MEANT.get(name, name) if is_text and name not in _NO_DOCUMENT else None


def checked(text: str) -> str:
    """``text`` itself, unless it is full of control characters: binary data that decodes by accident."""
    head = text[:4096]
    if len(_CONTROLS.findall(head)) * 20 > len(head):
        raise InputError("not_text", "the bytes are binary data, not text")
    return text


def bom(head: bytes) -> str | None:
    """The encoding that a byte order mark at the beginning tells."""
    return next((name for mark, name in _BOMS if head.startswith(mark)), None)


def whole(stream: io.BufferedReader) -> bytes:
    """Everything that is left in a stream.

    Raises:
        InputError: ``too_long``.
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError("too_long", f"larger than {MAX_BYTES:,} bytes, the most that is read as one document")
    return data
