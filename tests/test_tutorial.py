"""The tutorial is a notebook: its blocks run from top to bottom, and print what it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.stages import STAGES

BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)


def test_every_block_of_the_tutorial_prints_what_it_shows(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in STAGES:
        # what the entry points do where Dateline is installed
        __import__(f"pipeline.stages.{name}")
    monkeypatch.chdir(tmp_path)
    page = (root / "docs" / "tutorial.md").read_text("utf-8")
    names: dict[str, object] = {}
    blocks = list(BLOCK.finditer(page))
    assert len(blocks) == page.count("```python\n") > 5
    for block in blocks:
        line = page.count("\n", 0, block.start(1))
        exec(compile("\n" * line + block[1], "docs/tutorial.md", "exec"), names)  # noqa: S102  # our own page
        assert capsys.readouterr().out == (block[2] or ""), f"the block at line {line} of docs/tutorial.md"
