from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest

from benchmarks import batch
from pipeline.articles import Failure
from pipeline.io import read_articles


def test_bad_articles_are_as_many_as_asked_for_and_spread(tmp_path: Path) -> None:
    batch.write_articles(tmp_path / "in.jsonl", cycle(["Ten died.", "Two died."]), 160, bad=8)
    failed = [
        n
        for n, item in enumerate(read_articles(tmp_path / "in.jsonl", max_chars=batch.MAX_CHARS))
        if isinstance(item, Failure)
    ]
    assert failed == list(range(19, 160, 20))


def test_results_replace_tables_of_their_name_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "HERE", tmp_path)
    results = tmp_path / "RESULTS.md"
    results.write_text("# Results\n\n## Others\n\n| a |\n")
    batch.write_results([batch.Table("One", ("x",), [(1,)]), batch.Table("Two", ("y",), [(2,)])], 10)
    with results.open("a") as file:
        file.write("\n## Later\n")
    batch.write_results([batch.Table("One", ("x",), [(3,)])], 10)
    text = results.read_text()
    assert text.startswith("# Results\n\n## Others\n\n| a |\n")
    assert text.endswith("\n## Later\n")
    assert "### One\n\n| x |\n|--:|\n| 3 |\n" in text
    assert "### Two\n\n| y |\n|--:|\n| 2 |\n" in text
    assert "| 1 |" not in text
