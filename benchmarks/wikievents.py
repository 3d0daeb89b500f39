"""Triggers and victims in full stories: a scorer for the WikiEvents set, which the common one does not cover.

A gold event of violence (attack, death, injury) counts as found when a mention of a predicted event overlaps its
trigger or the trigger of an event of violence in the same sentence, since "killed in the bombing" is one happening here
and two there. A predicted ASSAULT mention that overlaps no gold trigger of any type is a false alarm. Victims are found
when the words of a casualty's victims or of a target overlap the head that gold names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.datasets import Row
from pipeline.records import Record

TASK = "violence"
VIOLENT = ("Conflict.Attack", "Life.Die", "Life.Injure")


def violence(records: Mapping[str, Record], rows: Sequence[Row]) -> dict[str, float]:
    """Recall of violent triggers, precision of ASSAULT mentions, recall of victims, over all stories."""
    found = triggers = right = mentions = victims_found = victims = 0
    for row in rows:
        record = records.get(row.id)
        violent = [event for event in row.gold["events"] if event["type"].startswith(VIOLENT)]
        heads = {
            (argument["start"], argument["end"])
            for event in violent
            for argument in event["arguments"]
            if argument["role"] == "Victim"
        }
        triggers += len(violent)
        victims += len(heads)
        if record is None:
            continue
        said = [(mention.start, mention.end) for event in record.events for mention in event.mentions]
        sentences = [tuple(span) for span in row.gold["sentences"]]
        hit = {_sentence(event, sentences) for event in violent if _overlaps(_trigger(event), said)}
        found += sum(_sentence(event, sentences) in hit for event in violent)
        gold_triggers = [_trigger(event) for event in row.gold["events"]]
        assaults = [
            (mention.start, mention.end)
            for event in record.events
            if event.plover == "ASSAULT"
            for mention in event.mentions
        ]
        mentions += len(assaults)
        right += sum(_overlaps(span, gold_triggers) for span in assaults)
        named = [(c.victims.start, c.victims.end) for c in record.casualties if c.victims]
        named += [(target.start, target.end) for event in record.events for target in event.target]
        victims_found += sum(_overlaps(head, named) for head in heads)
    return {
        "trigger_R": round(found / max(1, triggers), 3),
        "n": triggers,
        "mention_P": round(right / max(1, mentions), 3),
        "n_mentions": mentions,
        "victim_R": round(victims_found / max(1, victims), 3),
        "n_victims": victims,
    }


def _trigger(event: dict[str, Any]) -> tuple[int, int]:
    return event["trigger"]["start"], event["trigger"]["end"]


def _sentence(event: dict[str, Any], sentences: Sequence[tuple[int, ...]]) -> int:
    start = event["trigger"]["start"]
    return next((number for number, (first, end) in enumerate(sentences) if first <= start < end), -1)


def _overlaps(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
