"""Accuracy on the annotated sets: ``python -m benchmarks.accuracy [--set NAME] [--split a|b] [--limit N]``.

Each set's rows go through the pipeline; ``records.jsonl`` and the gold of the same rows are written below
``outputs/benchmarks/<system>/<set>``, and the scorer's figures are printed as a table.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy

from benchmarks import baselines, datasets, wikievents
from benchmarks.datasets import Row
from benchmarks.measure import run_rows, score, write_gold, write_records
from pipeline.build import build_nlp
from pipeline.config import load_config
from pipeline.gazetteer import open_gazetteer
from pipeline.records import Record

OUT = Path("outputs/benchmarks")
System = Callable[[Sequence[Row]], tuple[dict[str, Record], dict[str, str]]]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options that every benchmark over the sets has."""
    parser.add_argument(
        "--data", type=Path, help=f"folder with the sets (default: ${datasets.DATA_ENV}, ../shared/data)"
    )
    parser.add_argument("--split", choices=["a", "b"], help="a: develop; b: keep for the end (default: both)")
    parser.add_argument("--limit", type=int, help="no more than this many rows of a set")
    parser.add_argument("--config", type=Path, help="another config.yaml")
    parser.add_argument("--override", action="append", default=[], metavar="KEY=VALUE", help="one value of the config")


def system(options: argparse.Namespace) -> tuple[System, set[str]]:
    """What turns rows into records and failures, and the tasks that it can be judged by."""
    if options.system == "regex":
        return lambda rows: (baselines.regex_rows(rows), {}), {"toll", "toll_range"}
    config = load_config(options.config, overrides=options.override)
    if options.system == "spacy":
        nlp, gazetteer = spacy.load(config.model), open_gazetteer(config.gazetteer.path)
        return lambda rows: (baselines.spacy_rows(nlp, gazetteer, rows), {}), {"toponyms", "ner"}
    nlp = build_nlp(config)
    return lambda rows: run_rows(nlp, rows), {task for dataset in datasets.DATASETS.values() for task in dataset.tasks}


def main(argv: list[str] | None = None) -> int:
    """Score the chosen sets that are present; exit code 2 where the scorer is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments(parser)
    parser.add_argument("--set", action="append", choices=sorted(datasets.DATASETS), help="repeatable (default: all)")
    parser.add_argument("--score", type=Path, help="the scorer, score.py")
    parser.add_argument("--system", choices=["dateline", "regex", "spacy"], default="dateline", help="or a baseline")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(argv)

    data = datasets.data_folder(options.data)
    program = datasets.score_program(options.score)
    chosen = [datasets.DATASETS[name] for name in options.set or datasets.DATASETS]
    present = []
    for dataset in chosen:
        why = datasets.missing(dataset, data)
        print(why, file=sys.stderr) if why else present.append(dataset)
    if not present:
        return 0
    if not program.is_file():
        print(f"no scorer at {program}; name it with --score or {datasets.SCORE_ENV}", file=sys.stderr)
        return 2

    run, answers = system(options)
    print(f"{'set':<17} {'rows':>5} {'failed':>6} {'rows/s':>6}  {'task':<10} figures")
    for dataset in present:
        tasks = [task for task in dataset.tasks if task in answers]
        if not tasks:
            continue
        rows = datasets.load(dataset, data, split=options.split, limit=options.limit)
        start = time.perf_counter()
        records, failed = run(rows)
        rate = len(rows) / (time.perf_counter() - start)
        folder = options.out / options.system / dataset.name
        write_records(folder / "records.jsonl", records.values())
        write_gold(folder / "gold.jsonl", rows)
        for id_, why in failed.items():
            print(f"{dataset.name} {id_}: {why}", file=sys.stderr)
        for task in tasks:
            if task == wikievents.TASK:
                figures = wikievents.violence(records, rows)
            else:
                figures = score(program, task, folder / "records.jsonl", folder / "gold.jsonl")
            shown = "  ".join(f"{name} {value}" for name, value in figures.items())
            print(f"{dataset.name:<17} {len(rows):>5} {len(failed):>6} {rate:>6.1f}  {task:<10} {shown}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
