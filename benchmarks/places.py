"""What the standard figures do not say of places: accuracy given the gold spans, and whether scores keep their word.

    python -m benchmarks.places ../shared/data/toponyms/tr-news_dev.jsonl ../shared/data/toponyms/lgl_dev.jsonl

Given the gold spans: every annotated toponym is handed to the stage as an entity, as the published figures of other
geoparsers are taken. Reliability: end to end, the share of right places among those whose score lies in a band; a place
where gold has none counts as wrong. Cost: time of the stage and of recognition beside that of the bare spaCy pipeline.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.fit_places import Gold, read_rows
from pipeline import facts
from pipeline.articles import RawArticle
from pipeline.build import build_nlp, make_doc
from pipeline.config import load_config
from pipeline.gazetteer import Gazetteer
from pipeline.gazetteer.recognise import KEPT, recognise
from pipeline.records import Entity, Place
from pipeline.stages.places import Options, find_places
from pipeline.stages.places.evidence import km

BANDS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95)


def is_right(place: Place, gold: Gold) -> bool:
    """The same place, the country that gold names, or one within 161 km."""
    if place.lat is None or place.lon is None:
        return False
    if place.gazetteer_id == f"geonames:{gold.get('geonameid')}":
        return True
    return km(place.lat, place.lon, gold["lat"], gold["lon"]) <= 161


def given_spans(doc: Doc, gold: Sequence[Gold], gazetteer: Gazetteer) -> list[bool]:
    """For every gold toponym with coordinates, whether the stage resolves it when told where it is."""
    told = [(one["start"], one["end"], "GPE") for one in gold if not gazetteer.demonym(one["surface"])]
    told += [(one.start, one.end, "NORP") for one in facts.entities(doc) if one.label == "NORP"]
    entities = [
        Entity(id=f"e{n}", start=start, end=end, text=doc.text[start:end], label=label)
        for n, (start, end, label) in enumerate(sorted(told))
    ]
    before = facts.entities(doc)
    facts.put(doc, "entities", entities)
    of_entity = {entity: place for place in find_places(doc, gazetteer, Options()) for entity in place.mentions}
    facts.put(doc, "entities", before)
    out = []
    for one in gold:
        if one.get("lat") is not None and not gazetteer.demonym(one["surface"]):
            place = next(
                (of_entity.get(e.id) for e in entities if (e.start, e.end) == (one["start"], one["end"])), None
            )
            out.append(place is not None and is_right(place, one))
    return out


def judged_places(doc: Doc, places: Sequence[Place], gold: Sequence[Gold]) -> list[tuple[float, bool]]:
    """Score and rightness of every mention of a resolved place; where gold gives no coordinates, nothing is said."""
    entities = {entity.id: entity for entity in facts.entities(doc)}
    out = []
    for place in places:
        for mention in place.mentions if place.lat is not None else ():
            entity = entities[mention]
            over = [one for one in gold if one["start"] < entity.end and one["end"] > entity.start]
            known = [one for one in over if one.get("lat") is not None]
            if known or not over:
                out.append((place.score, any(is_right(place, one) for one in known)))
    return out


def measure(nlp: Language, bare: Language, gazetteer: Gazetteer, rows: Sequence[dict[str, Any]]) -> None:
    """Prints the figures of one set."""
    spans: list[bool] = []
    scored: list[tuple[float, bool]] = []
    seconds: dict[str, float] = defaultdict(float)
    for row in rows:
        start = time.perf_counter()
        bare(row["text"])
        seconds["bare spaCy"] += time.perf_counter() - start
        doc = nlp(make_doc(nlp, RawArticle(id=str(row["id"]), text=row["text"])))
        start = time.perf_counter()
        places = find_places(doc, gazetteer, Options())
        seconds["stage"] += time.perf_counter() - start
        scored += judged_places(doc, places, row["toponyms"])
        spans += given_spans(doc, row["toponyms"], gazetteer)
        del doc.user_data[KEPT]
        start = time.perf_counter()
        recognise(doc, gazetteer)
        seconds["recognition"] += time.perf_counter() - start
    print(f"  given the gold spans: {sum(spans) / len(spans):.3f} of {len(spans)}")
    for low, high in zip(BANDS, (*BANDS[1:], 1.01), strict=True):
        band = [right for score, right in scored if low <= score < high]
        if band:
            print(f"  score {low:.2f} to {min(high, 1):.2f}: {sum(band) / len(band):.3f} right of {len(band)}")
    for name in ("stage", "recognition"):
        print(f"  {name}: {seconds[name] / seconds['bare spaCy']:.1%} of the time of bare spaCy")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    nlp = build_nlp(load_config(), upto="places")
    bare = build_nlp(load_config(), upto="sentences")
    bare.remove_pipe("dateline_sentences")
    gazetteer: Gazetteer = nlp.get_pipe("dateline_places").gazetteer  # type: ignore[attr-defined]
    for path in parser.parse_args().sets:
        print(path.stem)
        measure(nlp, bare, gazetteer, read_rows(path))


if __name__ == "__main__":
    main()
