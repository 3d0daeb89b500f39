"""What went wrong, row by row: ``python -m benchmarks.errors --set incidents --kind killed --sample 50 --split a``.

Every wrong row is put into a class that says where to look; the classes are counted, and a sample is printed with the
text, the gold value, what the record says and the rules that said it. ``--records FILE`` judges records that were
written before, such as those of :mod:`benchmarks.accuracy`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import datasets
from benchmarks.accuracy import arguments
from benchmarks.datasets import Row
from benchmarks.measure import read_records, run_rows
from pipeline.build import build_nlp
from pipeline.config import load_config
from pipeline.records import Count, Event, Record

TOLL_KINDS = ("killed", "injured")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong row: its class, and gold and prediction in words."""

    row: Row
    why: str
    gold: str
    predicted: str
    record: Record | None


def main_event(record: Record) -> Event | None:
    """The event that the record says is the news."""
    return next((event for event in record.events if event.id == record.main_event), None)


def best_of(count: Count | None) -> int:
    """The figure that the scorer takes: best, else low, else nothing."""
    if count is None:
        return 0
    return count.best if count.best is not None else count.low or 0


def show(count: Count | None) -> str:
    """Low/best/high, an open bound as a dash."""
    if count is None:
        return "null"
    return "/".join("-" if value is None else str(value) for value in (count.low, count.best, count.high))


def wrong_toll(row: Row, record: Record | None, kind: str) -> Wrong | None:
    """The main event's best figure against gold, and where a wrong one went astray."""
    gold = row.gold.get(kind)
    if gold is None or (kind == "killed" and row.gold.get("n_incidents", 1) != 1):
        return None
    right = {gold}
    if kind == "killed" and row.gold.get("killed_excluding_perpetrators") is not None:
        right.add(row.gold["killed_excluding_perpetrators"])
    if record is None:
        return Wrong(row, "no record", str(gold), "", None)
    main = main_event(record)
    count: Count | None = getattr(main.toll, kind) if main else None
    best = best_of(count)
    if best in right:
        return None
    if main is None:
        why = "no main event" if record.events else "no event"
    elif any(best_of(getattr(event.toll, kind)) in right for event in record.events if event.id != main.id and gold):
        why = "right toll on another event"
    elif any(best_of(one) in right for one in record.casualties if one.kind == kind and gold):
        why = "right figure read, wrong toll"
    elif not any(one.kind == kind for one in record.casualties):
        why = "no figure read"
    else:
        why = "too low" if best < min(right) else "false alarm" if not gold else "too high"
    return Wrong(row, why, str(gold), show(count), record)


def wrong_type(row: Row, record: Record | None, _kind: str) -> Wrong | None:
    """The main event's ACLED sub-event type against the set's code."""
    want = CASE.get(row.gold["event_type"])
    if want is None:
        return None
    if record is None:
        return Wrong(row, "no record", want, "", None)
    main = main_event(record)
    said = main.acled_sub_event if main else None
    if said == want:
        return None
    found = any(event.acled_sub_event == want for event in record.events)
    why = f"{want}: " + ("other event is main" if found else f"said {said or (main.type if main else 'nothing')}")
    return Wrong(row, why, want, str(said), record)


def wrong_root(row: Row, record: Record | None, _kind: str) -> Wrong | None:
    """An event of the gold PLOVER root, with overlapping source and target."""
    want = row.gold["event_type"].upper()
    same = [event for event in (record.events if record else []) if want in (event.plover or "").split("/")]
    spans = {role: [s for s in row.gold["spans"] if s["role"] == role] for role in ("source", "target")}
    gold = f"{want} " + " ".join(f"{role}={[s['text'] for s in found]}" for role, found in spans.items())

    def covers(event: Event, role: str) -> bool:
        said = event.source if role == "source" else event.target
        return not spans[role] or any(p.start < s["end"] and s["start"] < p.end for p in said for s in spans[role])

    if any(covers(event, "source") and covers(event, "target") for event in same):
        return None
    if not same:
        roots = sorted({event.plover or event.type for event in record.events}) if record else []
        return Wrong(row, f"{want}: said {', '.join(roots) or 'nothing'}", gold, "", record)
    lacks = [role for role in ("source", "target") if not any(covers(event, role) for event in same)]
    return Wrong(row, f"role: {' and '.join(lacks) or 'pair'}", gold, "", record)


CASE = {
    "ARMED_CLASH": "Armed clash",
    "AIR_STRIKE": "Air/drone strike",
    "ART_MISS_ATTACK": "Shelling/artillery/missile attack",
    "REM_EXPLOS": "Remote explosive/landmine/IED",
    "SUIC_BOMB": "Suicide bomb",
    "GRENADE": "Grenade",
    "CHEM_WEAP": "Chemical weapon",
    "ATTACK": "Attack",
    "ABDUCT_DISSAP": "Abduction/forced disappearance",
    "SEX_VIOL": "Sexual violence",
    "MOB_VIOL": "Mob violence",
    "VIOL_DEMONSTR": "Violent demonstration",
    "FORCE_AGAINST_PROTEST": "Excessive force against protesters",
    "PEACE_PROTEST": "Peaceful protest",
    "PROTEST_WITH_INTER": "Protest with intervention",
    "GOV_REGAINS_TERIT": "Government regains territory",
    "NON_STATE_ACTOR_OVERTAKES_TER": "Non-state actor overtakes territory",
    "NON_VIOL_TERRIT_TRANSFER": "Non-violent transfer of territory",
    "HQ_ESTABLISHED": "Headquarters or base established",
    "DISR_WEAP": "Disrupted weapons use",
    "ARREST": "Arrests",
    "PROPERTY_DISTRUCT": "Looting/property destruction",
    "AGREEMENT": "Agreement",
    "CHANGE_TO_GROUP_ACT": "Change to group/activity",
}
JUDGES: dict[str, Callable[[Row, Record | None, str], Wrong | None]] = {
    "killed": wrong_toll,
    "injured": wrong_toll,
    "type": wrong_type,
    "root": wrong_root,
}


def describe(record: Record) -> list[str]:
    """A record's events and figures, a line each, the main event starred."""
    lines = []
    for event in record.events:
        star = "*" if event.id == record.main_event else " "
        roles = f"source={[p.text for p in event.source]} target={[p.text for p in event.target]}"
        toll = " ".join(f"{kind} {show(getattr(event.toll, kind))}" for kind in TOLL_KINDS)
        words = [mention.text for mention in event.mentions] or [event.trigger.text]
        lines.append(f" {star}{event.id} {event.type} {words} {event.status} {toll} {roles} [{event.rule}]")
    for one in record.casualties:
        victims = f"{one.victims.text!r} {one.victims.group}" if one.victims else "nobody"
        flags = "" if one.counted else " not-counted"
        flags += " perpetrators" if one.perpetrators else ""
        lines.append(
            f"  {one.id} of {one.event}: {one.kind} {show(one)} {one.text!r} {victims} {one.status}{flags} [{one.rule}]"
        )
    return lines


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
    failed: dict[str, Any] = {}
    if options.records:
        records = read_records(options.records)
    else:
        records, failed = run_rows(build_nlp(load_config(options.config, overrides=options.override)), rows)
    for id_, reason in failed.items():
        print(f"failed {id_}: {reason}", file=sys.stderr)

    judged = [JUDGES[options.kind](row, records.get(row.id), options.kind) for row in rows]
    wrong = [one for one in judged if one is not None]
    print(f"{len(wrong)} of {len(rows)} rows wrong ({options.set}, {options.kind})")
    for label, number in Counter(one.why for one in wrong).most_common():
        print(f"{number:>6}  {label}")
    kept = [one for one in wrong if not options.only or options.only in one.why]
    sample = random.Random(options.seed).sample(kept, min(options.sample, len(kept)))  # noqa: S311  # a sample to read
    for one in sorted(sample, key=lambda w: (w.why, w.row.id)):
        print(f"\n== {one.row.id} [{one.why}] gold {one.gold}, said {one.predicted}")
        print(one.row.text if len(one.row.text) < 1500 else one.row.text[:1500] + " …")
        if one.record is not None:
            print("\n".join(describe(one.record)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
