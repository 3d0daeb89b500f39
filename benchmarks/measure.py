"""Rows through the pipeline and before the scorer: what every benchmark does first."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from spacy.language import Language
from tqdm import tqdm

from benchmarks.datasets import Row
from pipeline.analyse import extract_batch
from pipeline.articles import RawArticle
from pipeline.records import Record


def run_rows(nlp: Language, rows: Sequence[Row], *, batch_size: int = 64) -> tuple[dict[str, Record], dict[str, str]]:
    """Records by row id, and for each row on which a stage failed, why."""
    records: dict[str, Record] = {}
    failed: dict[str, str] = {}
    with tqdm(total=len(rows), unit="row", disable=not sys.stderr.isatty()) as bar:
        for start in range(0, len(rows), batch_size):
            batch = [RawArticle(id=row.id, text=row.text, published=row.published) for row in rows[start:][:batch_size]]
            for raw, outcome in zip(batch, extract_batch(nlp, batch), strict=True):
                if isinstance(outcome, Record):
                    records[raw.id] = outcome
                else:
                    failed[raw.id] = f"{outcome.stage}: {outcome.message}"
            bar.update(len(batch))
    return records, failed


def write_records(path: Path, records: Iterable[Record]) -> None:
    """``records.jsonl`` as the scorer reads it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(record.model_dump_json() + "\n" for record in records), encoding="utf-8")


def read_records(path: Path) -> dict[str, Record]:
    """Records that an earlier run wrote, by article id."""
    with path.open(encoding="utf-8") as lines:
        records = (Record.model_validate_json(line) for line in lines if line.strip())
        return {record.article.id: record for record in records}


def write_gold(path: Path, rows: Iterable[Row]) -> None:
    """The gold of these rows alone, since the scorer counts every gold row that has no record as wrong."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row.gold, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def score(program: Path, task: str, records: Path, gold: Path) -> dict[str, float]:
    """One task's figures from the scorer.

    Raises:
        RuntimeError: the scorer failed; the message is its own.
    """
    done = subprocess.run(  # noqa: S603  # the scorer that the user names
        [sys.executable, str(program), task, str(records), str(gold)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{program} {task} failed: {done.stderr.strip() or done.stdout.strip()}")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures
