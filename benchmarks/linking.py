"""Linking on pages whose incidents are known: fit the weights, score them beside two baselines, show the cost.

::

    python -m benchmarks.accuracy --set incident_linking        # once: the records
    python -m benchmarks.linking score --split b
    python -m benchmarks.linking cost --split a                 # beside that of extraction
    python -m benchmarks.linking fit                            # on half a; writes models/linking.yaml
    python -m benchmarks.linking scale 1000 10000 100000        # synthetic events
    python -m benchmarks.linking grow 20000 200                 # new ones beside linked ones
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from benchmarks import datasets
from benchmarks.datasets import Row
from benchmarks.link_fit import fit
from benchmarks.link_scale import grow, scale
from benchmarks.measure import read_records, run_rows, write_records
from pipeline.build import build_nlp
from pipeline.config import load_config
from pipeline.link.files import link_folder
from pipeline.link.incidents import Incident
from pipeline.link.link import link
from pipeline.link.settings import BestRule
from pipeline.link.words import words
from pipeline.metrics_links import link_qualities
from pipeline.records import CasualtyKind, Count, Record

DATASET = datasets.DATASETS["incident_linking"]
RECORDS = Path("outputs/benchmarks/dateline/incident_linking/records.jsonl")
Groups = Mapping[str, Hashable]


def gold_groups(rows: Sequence[Row]) -> dict[str, Hashable]:
    """The incident of each page."""
    return {row.id: row.gold["incident_id"] for row in rows}


def linked_groups(incidents: Sequence[Incident], records: Mapping[str, Record]) -> dict[str, Hashable]:
    """The incident of each page's main event."""
    return {
        member.article: incident.id
        for incident in incidents
        for member in incident.members
        if records[member.article].main_event == member.event
    }


def same_day_and_town(rows: Sequence[Row], records: Mapping[str, Record]) -> dict[str, Hashable]:
    """Baseline: main events of one day in one place, as the pipeline reads them."""
    found: dict[str, Hashable] = {}
    for row in rows:
        record = records[row.id]
        event = next((event for event in record.events if event.id == record.main_event), None)
        place = next((place for place in record.places if event and place.id == event.place), None)
        if event and event.date and event.date.earliest and place and place.gazetteer_id:
            found[row.id] = event.date.earliest, place.gazetteer_id
    return found


def gold_day_and_town(rows: Sequence[Row]) -> dict[str, Hashable]:
    """The same with the day and town that a human noted: what the baseline could reach without an error in reading."""
    return {row.id: (row.gold["date"], row.gold["place"], row.gold["admin1"]) for row in rows}


def alike(rows: Sequence[Row], threshold: float) -> dict[str, Hashable]:
    """Baseline: single link by TF-IDF cosine of the texts."""
    counts = [Counter(words(row.text)) for row in rows]
    holding = Counter(word for count in counts for word in count)
    bags = []
    for count in counts:
        bag = {word: (1 + math.log(n)) * math.log(len(rows) / holding[word]) for word, n in count.items()}
        length = math.sqrt(sum(weight**2 for weight in bag.values())) or 1.0
        bags.append({word: weight / length for word, weight in bag.items()})
    by_word: dict[str, list[int]] = defaultdict(list)
    for index, bag in enumerate(bags):
        for word in bag:
            by_word[word].append(index)
    leader = list(range(len(rows)))

    def lead(index: int) -> int:
        while leader[index] != index:
            index = leader[index]
        return index

    for index, bag in enumerate(bags):
        cosines: dict[int, float] = defaultdict(float)
        for word, weight in bag.items():
            for other in by_word[word]:
                if other > index:
                    cosines[other] += weight * bags[other][word]
        for other, value in cosines.items():
            if value >= threshold:
                leader[lead(other)] = lead(index)
    return {row.id: lead(index) for index, row in enumerate(rows)}


def b_cubed_f1(rows: Sequence[Row], found: Groups) -> float:
    """B-cubed F1 over the rows."""
    return link_qualities(gold_groups(rows), found)["b_cubed"].f1 or 0.0


def tuned_threshold(rows: Sequence[Row]) -> float:
    """The cosine that serves the baseline best on these rows, to the nearest hundredth."""
    return max((n / 100 for n in range(10, 45)), key=lambda threshold: b_cubed_f1(rows, alike(rows, threshold)))


def show(name: str, rows: Sequence[Row], found: Groups) -> None:
    """Print precision, recall and F1 of each figure."""
    cells = []
    for figure, quality in link_qualities(gold_groups(rows), found).items():
        values = (quality.precision, quality.recall, quality.f1)
        cells.append(f"{figure} " + " ".join("-" if value is None else f"{value:.3f}" for value in values))
    print(f"{name:<34}" + "  ".join(cells), flush=True)


def tolls(rows: Sequence[Row], records: Mapping[str, Record], incidents: Sequence[Incident]) -> str:
    """Share with exactly the gold toll: pages by themselves, pages by their incident, and the mean over incidents."""
    of = {(member.article, member.event): incident for incident in incidents for member in incident.members}
    return "  ".join(_toll(rows, records, of, kind) for kind in _KINDS)


_KINDS: tuple[CasualtyKind, ...] = ("killed", "injured")


def _toll(
    rows: Sequence[Row], records: Mapping[str, Record], of: Mapping[tuple[str, str], Incident], kind: CasualtyKind
) -> str:
    by_incident: dict[str, list[bool]] = defaultdict(list)
    alone = 0
    for row in rows:
        record = records[row.id]
        incident = of.get((row.id, record.main_event or ""))
        toll = incident.toll.get(kind) if incident else None
        by_incident[row.group].append(((toll.best if toll else None) or 0) == row.gold[kind])
        event = next((event for event in record.events if event.id == record.main_event), None)
        count: Count | None = getattr(event.toll, kind) if event else None
        alone += ((count.best if count.best is not None else count.low) if count else 0) == row.gold[kind]
    incidents = sum(sum(hits) / len(hits) for hits in by_incident.values()) / len(by_incident)
    pages = sum(sum(hits) for hits in by_incident.values()) / len(rows)
    return f"{kind}: incidents {incidents:.3f} pages {pages:.3f} (unlinked {alone / len(rows):.3f})"


def score(options: argparse.Namespace) -> int:
    """Print the figures of the baselines and of linking."""
    data = datasets.data_folder(options.data)
    why = datasets.missing(DATASET, data)
    if why:
        print(why, file=sys.stderr)
        return 0
    records = read_records(options.records)
    training = datasets.load(DATASET, data, split="a")
    rows = datasets.load(DATASET, data, split=options.split)
    threshold = tuned_threshold(training)
    show("every page alone", rows, {})
    show("same day and town", rows, same_day_and_town(rows, records))
    show("same day and town, both from gold", rows, gold_day_and_town(rows))
    show(f"single link, cosine {threshold}", rows, alike(rows, threshold))
    incidents = link([records[row.id] for row in rows])
    show("dateline", rows, linked_groups(incidents, records))
    print(f"{len(rows)} pages, {len(incidents)} incidents")
    for rule in get_args(BestRule):
        again = link([records[row.id] for row in rows], best=rule)
        print(f"best {rule:<11} {tolls(rows, records, again)}")
    return 0


def cost(options: argparse.Namespace) -> int:
    """Print processor milliseconds a page: extraction, linking, and ``link_folder``, which reads and writes files."""
    data = datasets.data_folder(options.data)
    why = datasets.missing(DATASET, data)
    if why:
        print(why, file=sys.stderr)
        return 0
    rows = datasets.load(DATASET, data, split=options.split)
    nlp = build_nlp(load_config(options.config))
    run_rows(nlp, rows[:20])  # lists are read with the first articles
    started = time.process_time()
    records, _ = run_rows(nlp, rows)
    extracted = time.process_time()
    link(records.values())
    linked = time.process_time()
    with TemporaryDirectory() as folder:
        write_records(Path(folder) / "records.jsonl", records.values())
        written = time.process_time()
        link_folder(Path(folder))
    seconds = {
        "extraction": extracted - started,
        "linking": linked - extracted,
        "link_folder": time.process_time() - written,
    }
    for name, spent in seconds.items():
        share = spent / seconds["extraction"]
        print(f"{name:<12} {1000 * spent / len(records):6.1f} ms a page  {share:7.1%} of extraction")
    return 0


def main(argv: list[str] | None = None) -> int:
    """Exit code 0, also where the set is not there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, help=f"folder with the sets (default: ${datasets.DATA_ENV})")
    parser.add_argument("--records", type=Path, default=RECORDS, help="what benchmarks.accuracy wrote")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("score").add_argument("--split", choices=["a", "b"], help="default: all rows")
    costs = commands.add_parser("cost")
    costs.add_argument("--split", choices=["a", "b"], help="default: all rows")
    costs.add_argument("--config", type=Path, default=Path("config.yaml"))
    commands.add_parser("fit")
    commands.add_parser("scale").add_argument("events", type=int, nargs="+")
    growing = commands.add_parser("grow")
    growing.add_argument("old", type=int)
    growing.add_argument("new", type=int)
    options = parser.parse_args(argv)
    if options.command == "scale":
        return scale(options.events)
    if options.command == "grow":
        return grow(options.old, options.new)
    if options.command == "score":
        return score(options)
    if options.command == "cost":
        return cost(options)
    data = datasets.data_folder(options.data)
    why = datasets.missing(DATASET, data)
    if why:
        print(why, file=sys.stderr)
        return 0
    rows = datasets.load(DATASET, data, split="a")
    records = read_records(options.records)
    return fit([records[row.id] for row in rows], {row.id: row.group for row in rows})


if __name__ == "__main__":
    sys.exit(main())
