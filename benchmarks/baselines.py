"""What must be beaten: two regular expressions for tolls, bare spaCy with the most populous candidate for places.

Both write ordinary records, so the same scorer judges them: ``python -m benchmarks.accuracy --system regex`` or
``--system spacy``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.datasets import Row
from pipeline.gazetteer import Gazetteer
from pipeline.records import Article, Count, Entity, Event, Place, Record, Span, Toll

_WORDS_IN_ORDER = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
seventeen eighteen nineteen"
_SMALL = {word: value for value, word in enumerate(_WORDS_IN_ORDER.split(), 1)}
_TENS_IN_ORDER = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * value for value, word in enumerate(_TENS_IN_ORDER.split(), 2)}
_WORDS = {"a": 1, "an": 1, "another": 1} | _SMALL | _TENS
_WORDS |= {f"{ten}-{unit}": _TENS[ten] + value for ten in _TENS for unit, value in _SMALL.items() if value < 10}
_NUMBER = rf"\d{{1,3}}(?:,\d{{3}})+|\d+|{'|'.join(sorted(_WORDS, key=len, reverse=True))}"
_GAP = rf"(?:\s+(?!(?:and|but|{_NUMBER})\b)[\w'’-]+)"
KILLED = re.compile(
    rf"\b({_NUMBER})\b{_GAP}{{0,6}}?\s+(?:killed|dead|die|dies|died|murdered|executed)\b"
    rf"|\b(?:kill|murder|execut)(?:s|es|ed|ing)?{_GAP}{{0,2}}?\s+({_NUMBER})\b",
    re.IGNORECASE,
)
INJURED = re.compile(
    rf"\b({_NUMBER})\b{_GAP}{{0,6}}?\s+(?:injured|wounded|hurt)\b"
    rf"|\b(?:injur|wound)(?:s|es|ed|ing)?{_GAP}{{0,2}}?\s+({_NUMBER})\b",
    re.IGNORECASE,
)
PLACE_LABELS = ("GPE", "LOC", "FAC")


def _article(row: Row) -> Article:
    digest = hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(id=row.id, published=row.published, chars=len(row.text), sha256=digest)


def regex_rows(rows: Sequence[Row]) -> dict[str, Record]:
    """One event an article, its toll the first figure that each expression finds."""
    records = {}
    for row in rows:
        article = _article(row)
        killed, injured = KILLED.search(row.text), INJURED.search(row.text)
        first = killed or injured
        if first is None:
            records[row.id] = Record(article=article)
            continue
        trigger = Span(start=first.start(), end=first.end(), text=first[0])
        toll = Toll(killed=_count(killed), injured=_count(injured))
        event = Event(id="v0", type="attack", plover="ASSAULT", trigger=trigger, toll=toll, rule="regex")
        records[row.id] = Record(article=article, events=[event], main_event="v0")
    return records


def _count(found: re.Match[str] | None) -> Count | None:
    if found is None:
        return None
    words = (found[1] or found[2]).lower().replace(",", "")
    value = int(words) if words.isdecimal() else _WORDS[words]
    return Count(low=value, best=value, high=value)


def spacy_rows(nlp: Language, gazetteer: Gazetteer, rows: Sequence[Row]) -> dict[str, Record]:
    """spaCy's entities as they are; each place name resolved to the most populous place of that name."""
    texts = ((row.text, row) for row in rows)
    return {
        row.id: _spacy_record(doc, gazetteer, _article(row))
        for doc, row in nlp.pipe(texts, as_tuples=True, batch_size=64)
    }


def _spacy_record(doc: Doc, gazetteer: Gazetteer, article: Article) -> Record:
    entities = [
        Entity(id=f"e{n}", start=ent.start_char, end=ent.end_char, text=ent.text, label=ent.label_)
        for n, ent in enumerate(doc.ents)
    ]
    places: list[Place] = []
    for entity in entities:
        found = gazetteer.lookup(entity.text) if entity.label in PLACE_LABELS else []
        if not found:
            continue
        best = max(found, key=lambda entry: entry.population)
        places.append(
            Place(
                id=f"p{len(places)}",
                status="resolved",
                gazetteer_id=best.id,
                name=best.name,
                lat=best.lat,
                lon=best.lon,
                country=best.country,
                feature=best.feature,
                precision="country" if best.feature.startswith("PCL") else None,
                mentions=[entity.id],
            )
        )
    return Record(article=article, entities=entities, places=places)
