"""What went wrong: ``python -m benchmarks.errors --set incidents --kind killed --sample 50 --split a``.

Every mistake is put into a class that says where to look; the classes are counted, and a sample is printed with the
text, the gold value, what the record says and the rules that said it. ``--records FILE`` judges records that were
written before, such as those of :mod:`benchmarks.accuracy`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

from benchmarks import datasets
from benchmarks.accuracy import arguments
from benchmarks.judges import JUDGES, Wrong, describe
from benchmarks.measure import read_records, run_rows
from pipeline.build import build_nlp
from pipeline.config import load_config
from pipeline.metrics import context
from pipeline.records import Record

SHOWN_CHARS = 1500


def main(argv: list[str] | None = None) -> int:
    """Judge, count and show."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments(parser)
    parser.add_argument("--set", default="incidents", choices=sorted(datasets.DATASETS))
    parser.add_argument("--kind", default="killed", choices=sorted(JUDGES))
    parser.add_argument("--sample", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0, help="another sample")
    parser.add_argument("--only", help="only classes that contain these words")
    parser.add_argument("--records", type=Path, help="judge these records instead of running the pipeline")
    options = parser.parse_args(argv)

    data = datasets.data_folder(options.data)
    dataset = datasets.DATASETS[options.set]
    why = datasets.missing(dataset, data)
    if why:
        print(why, file=sys.stderr)
        return 0
    rows = datasets.load(dataset, data, split=options.split, limit=options.limit)
    records: dict[str, Record]
    if options.records:
        records = read_records(options.records)
    else:
        records, failed = run_rows(build_nlp(load_config(options.config, overrides=options.override)), rows)
        for id_, reason in failed.items():
            print(f"failed {id_}: {reason}", file=sys.stderr)

    wrong = [one for row in rows for one in JUDGES[options.kind](row, records.get(row.id))]
    at_fault = len({one.row.id for one in wrong})
    print(f"{len(wrong)} mistakes in {at_fault} of {len(rows)} rows ({options.set}, {options.kind})")
    for label, number in Counter(one.why for one in wrong).most_common():
        print(f"{number:>6}  {label}")
    kept = [one for one in wrong if not options.only or options.only in one.why]
    sample = random.Random(options.seed).sample(kept, min(options.sample, len(kept)))  # noqa: S311  # a sample to read
    for one in sorted(sample, key=lambda mistake: (mistake.why, mistake.row.id)):
        show(one, records.get(one.row.id))
    return 0


def show(one: Wrong, record: Record | None) -> None:
    """One mistake: the words around it, or the whole text and all that the record says of events."""
    print(f"\n== {one.row.id} [{one.why}] gold {one.gold or '-'}, said {one.predicted or '-'}")
    if one.span is not None:
        print(context(one.row.text, one.span))
        return
    print(one.row.text if len(one.row.text) <= SHOWN_CHARS else one.row.text[:SHOWN_CHARS] + " …")
    if record is not None:
        print("\n".join(describe(record)))


if __name__ == "__main__":
    sys.exit(main())
