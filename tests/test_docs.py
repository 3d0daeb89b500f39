from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pages
import pytest

from pipeline.analyse import extract_batch
from pipeline.articles import REASONS, RawArticle
from pipeline.build import build_nlp
from pipeline.config import load_config
from pipeline.io import read_articles
from pipeline.output import FILES
from pipeline.records import Record
from pipeline.stages import STAGES


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [body for found, body in fenced if found == language]


def dateline_lines(text: str) -> list[list[str]]:
    lines = [line.split("#")[0] for block in blocks(text, "") for line in block.splitlines()]
    shown = [shlex.split(line) for line in lines if line.startswith("dateline ")]
    return [*shown, *(["dateline", *words] for words in pages.quoted_commands(text))]


def test_every_command_and_option_that_the_readme_shows_exists(readme: str) -> None:
    lines = dateline_lines(readme)
    assert len(lines) > 8
    for _, *words in lines:
        pages.assert_exists(words)


def test_every_command_has_an_example_and_every_option_a_help() -> None:
    for name, command in pages.commands().items():
        assert command.help, name
        assert f"dateline {name}" in command.help, f"{name} has no example"
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{name}: {parameter.name} has no help"


def test_readme_names_every_stage_file_and_reason(readme: str) -> None:
    for name in (*STAGES, *FILES, *REASONS):
        assert f"`{name}`" in readme, name


def test_every_file_that_the_readme_points_to_exists(readme: str, root: Path) -> None:
    shown = re.findall(r"`([\w./-]+/[\w./-]*|LICENSE|config\.yaml)`", readme)
    assert len(shown) > 5
    assert [name for name in shown if not (root / name).exists()] == []


def test_readme_names_the_make_targets_that_there_are(readme: str, root: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(), re.MULTILINE))
    shown = set(re.findall(r"\bmake ([a-z]+)", "\n".join([*blocks(readme, ""), *re.findall(r"`[^`]+`", readme)])))
    assert {"run", "test"} <= shown <= targets


def test_python_in_the_readme_runs(readme: str, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks(readme, "python")
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102  # our own README
    assert "attack" in capsys.readouterr().out


def contains(value: Any, part: Any) -> bool:
    if isinstance(part, dict):
        return isinstance(value, dict) and all(key in value and contains(value[key], part[key]) for key in part)
    return bool(value == part)


def test_record_in_the_readme_is_what_the_seed_article_yields(readme: str, root: Path) -> None:
    (shown,) = blocks(readme, "json")
    seed = root / "corpus" / "articles" / "dayrik-patrol-collision.txt"
    nlp = build_nlp(load_config(root / "config.yaml"))
    (article,) = read_articles(seed)
    assert isinstance(article, RawArticle)
    (record,) = extract_batch(nlp, [article])
    assert isinstance(record, Record)
    events = record.model_dump(mode="json")["events"]
    assert [event for event in events if contains(event, json.loads(shown))], json.dumps(events, indent=1)
    quote = " ".join(line[2:] for line in readme.splitlines() if line.startswith("> "))
    assert quote in article.text


def test_changelog_says_what_is_not_released_yet(root: Path) -> None:
    assert "## Unreleased" in (root / "CHANGELOG.md").read_text("utf-8")


def test_every_link_of_the_readme_leads_to_a_file(readme: str, root: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", readme)
    assert len(links) > 4
    assert [link for link in links if not (root / link).exists()] == []
