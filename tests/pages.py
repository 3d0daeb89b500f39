"""What tests read out of a Markdown page: its tables, its blocks of code, its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(
    r"^```(?P<language>\w*)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
_HEADING = re.compile(r"^(#+) (.+)$")
_CELLS = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Block:
    """A fenced block of code; ``title`` names the file that it shows."""

    language: str
    title: str | None
    body: str


@dataclass(frozen=True)
class Row:
    """A row of a table, by its column heads; ``section``: the headings above it, from the page's own down."""

    section: tuple[str, ...]
    cells: dict[str, str]

    def __getitem__(self, head: str) -> str:
        return self.cells[head]


def blocks(text: str) -> list[Block]:
    """The fenced blocks, in order."""
    return [Block(found["language"], found["title"], found["body"]) for found in _FENCE.finditer(text)]


def prose(text: str) -> str:
    """The page without its blocks."""
    return _FENCE.sub("", text)


def rows(text: str) -> Iterator[Row]:
    """The rows of all tables, in order.

    Raises:
        ValueError: a row has more or fewer cells than its table's head.
    """
    section: list[str] = []
    head: list[str] | None = None
    for line in prose(text).splitlines():
        if heading := _HEADING.match(line):
            section = [*section[: len(heading[1]) - 1], heading[2].strip("`")]
        if not line.startswith("|"):
            head = None
            continue
        cells = [cell.strip() for cell in _CELLS.split(line)[1:-1]]
        if head is None:
            head = cells
        elif not set(line) <= set("|-: "):
            if len(cells) != len(head):
                raise ValueError(f"{len(cells)} cells, not {len(head)}: {line}")
            yield Row(tuple(section), dict(zip(head, cells, strict=True)))


def code(cell: str) -> list[str]:
    """The pieces of a cell that stand in backticks."""
    return re.findall(r"`([^`]+)`", cell)


def plain(cell: str) -> str:
    """A cell's words, without bold and backticks."""
    return cell.replace("**", "").replace("`", "")
