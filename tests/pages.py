"""What tests read out of a Markdown page: its tables, its blocks of code, its headings, its commands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import typer

from pipeline import cli

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


def quoted_commands(text: str) -> list[list[str]]:
    """The words of each `dateline …` in the prose, without ``dateline``."""
    return [shlex.split(command)[1:] for command in re.findall(r"`(dateline [^`]+)`", prose(text))]


@lru_cache(maxsize=1)
def commands() -> dict[str, Any]:
    """Every command by its words, as the command line sees it."""
    found: dict[str, Any] = {}

    def walk(group: Any, words: tuple[str, ...]) -> None:
        for name, command in group.commands.items():
            if hasattr(command, "commands"):
                walk(command, (*words, name))
            else:
                found[" ".join((*words, name))] = command

    walk(typer.main.get_command(cli.app), ())
    return found


def assert_exists(words: Sequence[str]) -> None:
    """A command, its words without ``dateline``, and its options are there."""
    name = next((name for name in (" ".join(words[:2]), words[0]) if name in commands()), None)
    assert name, f"no such command: {shlex.join(words)}"
    options = {option for parameter in commands()[name].params for option in parameter.opts}
    unknown = {word for word in words if word.startswith("-") and word != "-"} - options - {"--help", "-h"}
    assert not unknown, f"{name} has no {', '.join(unknown)}: {shlex.join(words)}"
