"""The input formats: bytes in, unchecked article values out.

Each reader takes a binary stream and yields :class:`Found` values one at a time; a part that cannot be read is
an :class:`Unread` in its place, and the rest goes on. :data:`READERS` says which reader reads which kind of file.
"""

from __future__ import annotations

import io
import re
import zlib

from pipeline.formats.archives import gunzipped, zip_reader
from pipeline.formats.base import Found, Part, Reader, Skipped, Unread
from pipeline.formats.feeds import read_feed
from pipeline.formats.pages import read_html
from pipeline.formats.plain import read_csv, read_json, read_jsonl, read_text
from pipeline.formats.warc import read_warc

__all__ = ["READERS", "Found", "Part", "Reader", "Skipped", "Unread", "known_formats", "sniff", "suffix_of"]

_PLAIN: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
    ".rss": read_feed,
    ".atom": read_feed,
    ".xml": read_feed,
    ".warc": read_warc,
}

READERS: dict[str, Reader] = _PLAIN | {f"{suffix}.gz": gunzipped(reader) for suffix, reader in _PLAIN.items()}
"""Which reader reads which kind of file: its suffix, in lower case, with the dot."""


def suffix_of(name: str) -> str:
    """What a file's name ends in, in lower case: ``.txt``, ``.jsonl.gz``; of a name without a dot, ``.txt``."""
    parts = name.rpartition("/")[2].lower().split(".")
    if len(parts) > 2 and parts[-1] == "gz":
        return f".{parts[-2]}.gz"
    return f".{parts[-1]}" if len(parts) > 1 and parts[-1] else ".txt"


READERS[".zip"] = zip_reader(READERS, suffix_of)


def known_formats() -> str:
    """The formats for people: ``csv, htm, …``."""
    return f"{', '.join(sorted(suffix[1:] for suffix in (*_PLAIN, '.zip')))}; all but zip also with .gz behind"


def sniff(stream: io.BufferedReader) -> str:
    """The suffix that fits a stream without a name, told from its first bytes; plain text where nothing else does."""
    head = stream.peek(4096)[:4096]
    if head.startswith(b"\x1f\x8b"):
        try:
            inner = zlib.decompressobj(31).decompress(head, 4096)
        except zlib.error:
            inner = b""
        return f"{_kind(inner)}.gz"
    return _kind(head)


def _kind(head: bytes) -> str:
    if head.startswith(b"PK\x03\x04"):
        return ".zip"
    if head.startswith(b"WARC/"):
        return ".warc"
    head = head[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{"):
        return ".jsonl"
    if re.match(rb"\[\s*\{", head):
        return ".json"
    if head.startswith((b"<!doctype html", b"<html")):
        return ".html"
    if head.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:rdf")):
        return ".html" if b"<html" in head or b"<!doctype html" in head else ".xml"
    return ".txt"
