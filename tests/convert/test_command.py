"""``dateline convert`` and ``dateline run --format`` as a user types them."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.convert.files import FORMATS
from pipeline.errors import ConfigError
from pipeline.exports.files import EXPORTS

ROOT = Path(__file__).parents[2]


def dateline(*args: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*map(str, args)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def test_corpus_goes_to_each_format_and_back_to_gold_that_evaluate_takes(tmp_path: Path) -> None:
    for name in ("brat", "labelstudio", "prodigy", "spacy"):
        there = tmp_path / f"there-{name}{FORMATS[name].suffix or ''}"
        assert dateline("convert", ROOT / "corpus", "-o", there, "--to", name)[0] == 0
        code, told = dateline("convert", there, "-o", tmp_path / name, "--to", "gold")
        assert (code, told.splitlines()[-1]) == (0, f"18 articles written to {tmp_path / name}")
        assert dateline("convert", there, "-o", tmp_path / f"run-{name}", "--to", "records")[0] == 0
    records = tmp_path / "run-brat" / "records.jsonl"
    code, told = dateline("evaluate", tmp_path / "labelstudio", "--records", records)
    assert code == 0
    f1 = {
        line.split()[0]: line.split()[-1]
        for line in told.splitlines()
        if re.match(r"(events|casualties|entities)\.", line)
    }
    assert set(f1.values()) == {"1.000"}, f1


def test_run_writes_the_formats_that_are_asked_for(tmp_path: Path) -> None:
    seed = ROOT / "corpus" / "articles" / "dayrik-patrol-collision.txt"
    code, told = dateline("run", seed, "-o", tmp_path / "out", "--format", "acled,sqlite", "--format", "ucdp")
    assert code == 0
    assert "acled.csv: 3 rows, one for each event; left out: of no ACLED type 4" in told
    with (tmp_path / "out" / "ucdp.csv").open() as lines:
        (row,) = csv.DictReader(lines)
    assert [row[key] for key in ("side_a", "best", "date_prec", "where_prec")] == [
        "Government of United States",
        "300",
        "4",
        "1",
    ]
    assert (tmp_path / "out" / "dateline.sqlite").exists()
    assert not (tmp_path / "out" / "events.parquet").exists()


def test_run_refuses_an_unknown_format_before_it_begins(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no export 'parket'. Did you mean 'parquet'\?"):
        dateline("run", ROOT / "corpus", "-o", tmp_path / "out", "--format", "parket")
    assert not (tmp_path / "out").exists()


def test_wrong_words_are_told(tmp_path: Path) -> None:
    corpus = ROOT / "corpus"
    with pytest.raises(ConfigError, match=r"no format 'acle'. Did you mean 'acled'\? Formats: records, .*, ucdp"):
        dateline("convert", corpus, "-o", tmp_path / "x", "--to", "acle")
    with pytest.raises(
        ConfigError, match=r"acled is made of a run, and .*corpus is gold; first: dateline convert .* --to records"
    ):
        dateline("convert", corpus, "-o", tmp_path / "x", "--to", "acled")
    with pytest.raises(ConfigError, match="--per and --status are for acled and ucdp, not for 'brat'"):
        dateline("convert", corpus, "-o", tmp_path / "x", "--to", "brat", "--per", "event")


def test_failed_articles_end_with_1(tmp_path: Path) -> None:
    (tmp_path / "brat").mkdir()
    (tmp_path / "brat" / "a.txt").write_text("Ten died.")
    (tmp_path / "brat" / "a.ann").write_text("T1\tkilled 0 3\tTen\nT2\tattack 4 8\tdied\nE1\tattack:T2 casualty:T1\n")
    code, told = dateline("convert", tmp_path / "brat", "-o", tmp_path / "gold", "--to", "gold")
    assert code == 1
    assert "the annotation of a is no gold: the count of 'killed' at 0 is None; write low/best/high" in told


def test_help_and_readme_name_every_format_and_what_it_cannot_hold() -> None:
    _, told = dateline("convert", "--help")
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in (*FORMATS, *EXPORTS):
        assert re.search(rf"^\s+{name}\s", told, re.MULTILINE), name
    for name, each in FORMATS.items():
        assert f"| `{name}` | {each.made} | {each.lost} |" in readme, name
    for name, export in EXPORTS.items():
        assert f"| `{name}` | {export.made} |" in readme, name


def test_help_needs_no_optional_package() -> None:
    code = "import sys; sys.modules.update(pyarrow=None, duckdb=None, pandas=None); import pipeline.exports.files"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
