"""Write docs/commands.md, the help of every command, from the command line itself: ``python docs/make_commands.py``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.cli import app

PAGE = Path(__file__).with_name("commands.md")
_WIDTH = 100
_HEAD = """# Commands

Every command with its help, as `--help` prints it. This page is generated: `make commands` writes it anew, and a test
fails while it is stale.

Results go to standard output, messages to standard error. Exit codes: `0` fine; `1` some articles failed, nothing was
found, or a floor was missed; `2` wrong usage, configuration or installation; `130` interrupted.
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(_section(words, text) for words, text in _helps())


def _section(words: str, text: str) -> str:
    return f"\n## {words}\n\n```text\n{text.rstrip()}\n```\n"


def _helps() -> Iterator[tuple[str, str]]:
    """Every command and group by its words, with its help."""
    main: Any = typer.main.get_command(app)

    def walk(command: Any, words: str, parent: Any) -> Iterator[tuple[str, str]]:
        name = words.rpartition(" ")[2]
        context = command.make_context(name, [], parent=parent, resilient_parsing=True, terminal_width=_WIDTH)
        yield words, command.get_help(context)
        for name, below in getattr(command, "commands", {}).items():
            yield from walk(below, f"{words} {name}", context)

    return walk(main, "dateline", None)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
