"""The page: data, styles and scripts put into one HTML file that can do nothing but show them.

Every word of an article is data. It stands in script elements of type ``application/json``, where no browser runs it,
with every character escaped that could end the element, and the scripts put it on the page as text, never as markup. A
Content-Security-Policy lets only our own script and style work, by their hashes, and no address be fetched at all.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zlib
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.atomic import replacing
from pipeline.errors import ResourceError
from pipeline.resources import data_path

_ASSETS = Path(__file__).with_name("assets")
SCRIPTS = (
    "dom.js",
    "values.js",
    "annotations.js",
    "text.js",
    "cards.js",
    "reader.js",
    "table.js",
    "map.js",
    "timeline.js",
    "filters.js",
    "events.js",
    "incidents.js",
    "facts.js",
    "evaluation.js",
    "app.js",
)
"""The scripts of the page in their order; together they are one."""

_BLOCK_CHARS = 100_000
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def embed(value: object) -> str:
    """A value as JSON that may stand inside a script element of any document."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


def packed(text: str) -> str:
    """A text deflated and in base64: a report of 5,000 articles must stay small, and most are never opened."""
    return base64.b64encode(zlib.compress(text.encode("utf-8", "backslashreplace"), 6)).decode("ascii")


class Blocks:
    """Values that a reader opens one at a time, packed together until they are worth it."""

    def __init__(self) -> None:
        self._packed: list[str] = []
        self._open: list[str] = []
        self._chars = 0

    def add(self, value: object) -> tuple[int, int]:
        """Keep a value; returns the number of its block and its place there."""
        line = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        at = len(self._packed), len(self._open)
        self._open.append(line)
        self._chars += len(line)
        if self._chars >= _BLOCK_CHARS:
            self._close()
        return at

    def _close(self) -> None:
        if self._open:
            self._packed.append(packed(f"[{','.join(self._open)}]"))
            self._open, self._chars = [], 0

    def elements(self) -> list[str]:
        """A script element for each block."""
        self._close()
        return [_data(f"block-{number}", json.dumps(block)) for number, block in enumerate(self._packed)]


def _data(identity: str, text: str) -> str:
    return f'<script type="application/json" id="{identity}">{text}</script>'


@cache
def _asset(name: str) -> str:
    try:
        return (_ASSETS / name).read_text("utf-8")
    except OSError as error:
        raise ResourceError(f"{name} is not part of this installation of Dateline; reinstall the package.") from error


@cache
def script() -> str:
    """All scripts as one strict function, so that nothing of it is global."""
    return "(() => {\n'use strict';\n" + "\n".join(map(_asset, SCRIPTS)) + "\n})();\n"


@cache
def _outlines() -> str:
    path = data_path("models", "map", "outlines.json")
    return _data("outlines", json.dumps(packed(path.read_text("utf-8"))))


def render(title: str, index: dict[str, Any], blocks: Blocks, *, with_map: bool) -> str:
    """The whole page.

    Args:
        title: of the document, any text.
        index: what the page needs at once; its ``kind`` says which views there are.
        blocks: what it opens later.
        with_map: whether the outlines of countries are needed.
    """
    style = _asset("report.css")
    data = [_data("index", embed(index)), *([_outlines()] if with_map else []), *blocks.elements()]
    policy = (
        f"default-src 'none'; script-src '{_hash(script())}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    values = {
        "policy": policy,
        "title": html.escape(title),
        "style": style,
        "script": script(),
        "data": "\n".join(data),
    }
    # one pass, so that nothing that is filled in is taken for a place to fill
    return re.sub(r"\{\{(\w+)\}\}", lambda match: values[match[1]], _asset("report.html"))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def write_page(path: Path, page: str) -> int:
    """Write the page, the whole file or nothing; returns its size in bytes.

    Raises:
        ResourceError: the file cannot be written.
    """
    # half a surrogate pair, as a file name can have, becomes its escape
    with replacing(path, errors="backslashreplace") as stream:
        stream.write(page)
    return path.stat().st_size
