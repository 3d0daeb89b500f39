"""From a ``Doc`` and its entities to place mentions: names cut to their core, and what the text nests or equates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Doc

from pipeline import facts
from pipeline.gazetteer import Gazetteer, GazetteerEntry
from pipeline.gazetteer.recognise import PLACE_LABELS, PlaceName, cues, lookup_surface, recognise
from pipeline.lexicon import known_actor
from pipeline.records import Entity
from pipeline.resources import load_yaml
from pipeline.stages.places.evidence import LANDMARKS, Context, PlaceMention, contains

# Names inside these are part of a longer name and only count where recognition is sure of them.
HOLDERS = frozenset({"ORG", "FAC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "LOC", "GPE"})
_ARTICLE = re.compile(r"^(?:the|The|THE)\s+")
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_COMMA = re.compile(r"^\s*,\s*(?:in\s+|the\s+)?$")
_DISTANCE = re.compile(
    r"^\s*[(,]?\s*(?:(?:about|around|some|roughly|just|lies|located|situated)\s+)*(?:[\d.,]+\s*(?:km|kms|kilomet(?:er|re)s|miles?|mi)\s+)"
    r"(?:(?:(?:to|on|in)\s+the\s+)?[a-z-]+\s+(?:of|from)|from|away\s+from|outside)\s+(?:the\s+)?(?:(?:city|town|capital)\s+(?:of\s+)?)?$"
)
# "rural Aleppo", "the countryside of Hama", "southern Idlib countryside": the land around; "|" stands for the name.
_RURAL = re.compile(r"\brural \||\bcountryside of \||\| countryside\b")
_NEXT_WORD = re.compile(r"^(?:['’]s)?\s+([A-Za-z]+)")
_OF = re.compile(r"\s(?:city|town|village|port|suburb|district|province|state|county|region)\s+of\s+(?:the\s+)?")
# Units that hold villages and towns.
_OUTER = ("ADM1", "ADM2", "ADM")
_BRACKET = re.compile(
    r"^(?:\s+(?:village|town|city|district|area|camp|crossing))?"
    r"\s*[\(\[]\s*(?:also\s+known\s+as\s+|also\s+|or\s+)?$"
)


@lru_cache(maxsize=1)
def _unit_classes() -> dict[str, str]:
    data: dict[str, str] = load_yaml("gazetteer", "units.yaml")["classes"]
    return data


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Unit before ("the city of"), unit after ("province"), what may stand between a place and the one that it lies in,
    between an owner and what is its own ("Syria's northern"), and the end of what lies in a town ("bridge in")."""
    data = load_yaml("gazetteer", "units.yaml")
    units = "|".join(sorted((re.escape(word) for word in data["classes"]), key=len, reverse=True))
    directions = "|".join(sorted((re.escape(word) for word in data["directions"]), key=len, reverse=True))
    inner = "|".join(data["in_towns"])
    return (
        re.compile(rf"(?:^|\s)(?P<unit>{units})\s+of\s+(?:the\s+)?$", re.IGNORECASE),
        re.compile(rf"^\s+(?P<unit>{units})\b", re.IGNORECASE),
        re.compile(
            rf"^,?\s*(?:(?:and|or)\s+(?:[a-z]+\s+)?)?(?:(?:{units}|{inner}|area|areas|outskirts|countryside|part)\s*,?\s*)?(?:in|of)\s+(?:the\s+)?"
            rf"(?:(?:{directions})\s+)?(?:(?:{units})\s+of\s+)?$",
            re.IGNORECASE,
        ),
        re.compile(rf"^['’]s\s+(?:(?:{directions})\s+)?(?:(?:{units}|capital)\s+(?:of\s+)?)?$", re.IGNORECASE),
        re.compile(rf"\s(?:{inner})\s+(?:in|of)\s+(?:the\s+)?(?:(?:city|town|capital)\s+of\s+)?$", re.IGNORECASE),
    )


def place_mentions(
    doc: Doc, entities: Sequence[Entity], gazetteer: Gazetteer, *, min_inside: float
) -> list[PlaceMention]:
    """The place mentions of a text, in order.

    Args:
        min_inside: how sure recognition must be of a name inside a longer one ("Aleppo" in "Aleppo Media Centre").
    """
    text = facts.read_text(doc)
    names = recognise(doc, gazetteer, min_score=0.0)
    spans = [(doc[name.start].idx, doc[name.end - 1].idx + len(doc[name.end - 1]), name) for name in names]
    starts = [start for start, *_ in spans]
    found: list[PlaceMention] = []
    for entity in entities:
        if entity.label in PLACE_LABELS and _is_none(text, entity, gazetteer):
            continue
        begin, stop = bisect_left(starts, entity.start), bisect_left(starts, entity.end)
        inner = [
            span
            for span in spans[begin:stop]
            if span[1] <= entity.end and not _street(text, span[0], span[1], gazetteer)
        ]
        if entity.label in PLACE_LABELS and (mention := _whole(text, entity, inner, gazetteer)):
            found.append(mention)
        elif entity.label in HOLDERS:
            parts = [
                PlaceMention(
                    entity.id,
                    start,
                    end,
                    text[start:end],
                    cue=_cue(text, end),
                    certain=name.score,
                    literal=False,
                )
                for start, end, name in inner
                if name.score >= min_inside
            ]
            if not parts and entity.label in PLACE_LABELS:
                parts = _joined(text, entity, inner) or [_core(text, entity)]
            found += parts
    return _linked(text, sorted(found, key=lambda mention: (mention.start, mention.end)), gazetteer)


def _is_none(text: str, entity: Entity, gazetteer: Gazetteer) -> bool:
    """Whether a place entity is a mere compass word or the first half of a street's name."""
    word = _core(text, entity)
    listed = text[max(0, word.start - 2) : word.start] == ", "  # "Churchill, Man."
    blocked = word.text.lower() in cues()["not_places"] and not listed
    return blocked or _street(text, word.start, entity.end, gazetteer)


def _street(text: str, start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Whether a name is that of a street ("Newburgh Drive", "Columbus and Elm streets") that the gazetteer lacks."""
    if _street_pattern().match(text[end : end + 40]) is None:
        return False
    known = lookup_surface(text[start:end], gazetteer)
    return not known or any(entry.feature not in LANDMARKS for entry in known)


@lru_cache(maxsize=1)
def _street_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load_yaml("gazetteer", "units.yaml")["streets"])
    beside = r"\s+(?:and|at|near)(?:\s+(?:[A-Z]|\d+(?:st|nd|rd|th)\b)[\w.]*){1,3}"
    return re.compile(rf"(?:{beside})?\s+(?:{words})(?![\w-])")


def _joined(text: str, entity: Entity, inner: list[tuple[int, int, PlaceName]]) -> list[PlaceMention]:
    """The names that hyphens or slashes join to a whole entity: the ends of "the Kirkuk-Hawija road"."""
    whole = inner and inner[0][0] == entity.start and inner[-1][1] == entity.end
    gaps = [text[one[1] : other[0]].strip() for one, other in pairwise(inner)]
    if not whole or not gaps or not all(gap in ("-", "–", "—", "/") for gap in gaps):
        return []
    return [PlaceMention(entity.id, start, end, text[start:end], certain=0.6) for start, end, _ in inner]


def _core(text: str, entity: Entity) -> PlaceMention:
    """The entity without its article, possessive and the words that say what it is."""
    start, end = entity.start, entity.end
    if match := _ARTICLE.match(text[start:end]):
        start += match.end()
    if match := _POSSESSIVE.search(text[start:end]):
        end = start + match.start()
    return PlaceMention(entity.id, start, end, text[start:end])


def _whole(
    text: str, entity: Entity, inner: list[tuple[int, int, PlaceName]], gazetteer: Gazetteer
) -> PlaceMention | None:
    """The mention that an entity is as a whole, or ``None`` where only a part of it is known."""
    before_pattern, after_pattern, *_ = _patterns()
    core = _core(text, entity)
    start, end, unit, direction = core.start, core.end, None, None
    certain = max((name.score for _, _, name in inner), default=0.6)
    if not lookup_surface(text[start:end], gazetteer):
        # "the city of X", "northern X", "X province": the name is what remains.
        for word, part in _prefixes(text[start:end]):
            if lookup_surface(text[start + part : end], gazetteer):
                unit = _unit_classes().get(word.split()[0])
                direction = word if unit is None else None
                start += part
                break
        else:
            match = re.search(r"\s(\S+)$", text[start:end])
            if match and match[1].lower() in _unit_classes():
                unit = _unit_classes()[match[1].lower()]
                if lookup_surface(text[start : start + match.start()], gazetteer):
                    end = start + match.start()
            elif inner and not (len(inner) == 1 and inner[0][:2] == (start, end)):
                return None
    if unit is None:
        if match := after_pattern.match(text[end : end + 30]):
            unit = _unit_classes()[match["unit"].lower()]
        elif match := before_pattern.search(text[max(0, start - 30) : start]):
            unit = _unit_classes()[match["unit"].lower()]
    if (
        unit is None
        and direction is None
        and _RURAL.search(f"{text[max(0, start - 30) : start]}|{text[end : end + 15]}")
    ):
        direction = "rural"
    return PlaceMention(
        entity.id,
        start,
        end,
        text[start:end],
        unit=unit,
        cue=_cue(text, end) if unit is None else None,
        direction=direction,
        certain=certain,
    )


def _cue(text: str, end: int) -> str | None:
    """What the next word hints of the kind of place: a mayor has a city, a governor a province."""
    match = _NEXT_WORD.match(text[end : end + 25])
    return _cues().get(match[1].lower()) if match else None


@lru_cache(maxsize=1)
def _cues() -> dict[str, str]:
    data: dict[str, str] = load_yaml("gazetteer", "units.yaml")["cues"]
    return data


def _prefixes(name: str) -> list[tuple[str, int]]:
    """Words in front that are no part of the name, with the offset at which the rest begins."""
    data = load_yaml("gazetteer", "units.yaml")
    lowered = name.lower()
    found = [
        (name[: len(word)].lower(), len(word) + 1)
        for word in data["directions"]
        if lowered.startswith((word + " ", word + "-"))
    ]
    for word in data["classes"]:
        if lowered.startswith(word + " of "):
            rest = len(word) + 4
            found.append((word, rest + (4 if lowered[rest:].startswith("the ") else 0)))
    return found


def _linked(text: str, mentions: list[PlaceMention], gazetteer: Gazetteer) -> list[PlaceMention]:
    """Mentions with what they are nested in or equated with."""
    *_, between, owner, spot = _patterns()
    out = list(mentions)
    entries: dict[int, tuple[GazetteerEntry, ...]] = {}

    def known(index: int) -> tuple[GazetteerEntry, ...]:
        if index not in entries:
            entries[index] = lookup_surface(out[index].text, gazetteer)
        return entries[index]

    def nests(outer: int, inner: int) -> bool:
        return any(contains(a, b) for a in known(outer)[:12] for b in known(inner))

    def may_lie(inner: int, outer: int) -> bool:
        """Whether the text may put the one in the other though the gazetteer knows of no such place."""
        large = any(entry.feature in ("PCLI", "ADM1") for entry in known(inner))
        return not known(inner) or (_is_unit(known(outer)) and not large)

    for index in range(len(out) - 1):
        mine, other = out[index], out[index + 1]
        gap = text[mine.end : other.start]
        if len(gap) > 60 or "\n" in gap:
            continue
        if _DISTANCE.match(gap) and not known(index):
            out[index] = replace(mine, within=index + 1)
            continue
        if _COMMA.match(gap):
            # "Sui, Dera Bugti district", though the Sui that is known lies elsewhere
            said = other.unit in _OUTER and mine.unit not in _OUTER
            if nests(index + 1, index) or ((said or not known(index)) and _is_unit(known(index + 1))):
                out[index] = replace(mine, within=index + 1)
        elif _BRACKET.match(gap) and text[other.end : other.end + 1] in (")", "]"):
            same = {entry.id for entry in known(index)} & {entry.id for entry in known(index + 1)}
            nested = not same and (nests(index + 1, index) or may_lie(index, index + 1))
            out[index] = replace(mine, within=index + 1 if nested else None, beside=index + 1)
            out[index + 1] = replace(out[index + 1], beside=index)
        elif _OF.fullmatch(gap) and _is_wide(known(index)) and not nests(index + 1, index):
            out[index] = replace(mine, unit=None)  # "the Sinai city of Arish": the unit is the other's
            out[index + 1] = replace(other, within=index)
        elif between.match(gap) or (gap == " " and other.unit and nests(index + 1, index)):
            if nests(index + 1, index) or may_lie(index, index + 1) or spot.search(f"{mine.text} {gap}"):
                out[index] = replace(mine, within=index + 1)
        elif owner.match(gap) and (nests(index, index + 1) or not known(index + 1) or other.unit == "PPL"):
            out[index + 1] = replace(other, within=index)
    return [
        replace(mention, unit="ADM") if mention.unit is None and _names_unit(index, out, known(index)) else mention
        for index, mention in enumerate(out)
    ]


def _names_unit(index: int, mentions: Sequence[PlaceMention], entries: Sequence[GazetteerEntry]) -> bool:
    """Whether a name that other names are nested in means the unit rather than the city of that name: a village lies
    in the province, a district of the city in the city."""
    units = [entry for entry in entries[:8] if entry.feature in ("ADM1", "ADM2")]
    seats = [entry for entry in entries[:8] if entry.admin1_id in {unit.id for unit in units}]
    if not units or not seats or any(entry.feature.startswith("PCL") for entry in entries):
        return False
    return any(mention.within == index and mention.literal and mention.unit != "RGN" for mention in mentions)


def _is_wide(entries: Sequence[GazetteerEntry]) -> bool:
    """Whether a well-known place of a name is a country, province or region."""
    return any(entry.feature in ("PCLI", "ADM1", "RGN", "PEN") and entry.match != "alternate" for entry in entries[:5])


def _is_unit(entries: Sequence[GazetteerEntry]) -> bool:
    return any(entry.feature.startswith(("PCL", "ADM")) for entry in entries[:5])


def text_context(doc: Doc, entities: Sequence[Entity], gazetteer: Gazetteer, source: str | None = None) -> Context:
    """Countries that the text names by adjective or inhabitants, also in the names of organisations, and those
    that the armed groups and bodies of the lexicon belong to."""
    counts: Counter[str] = Counter()
    for entity in entities:
        if entity.label == "NORP":
            group = known_actor(entity.text)
            counts.update(gazetteer.demonym(entity.text) or ([group.country] if group and group.country else []))
        elif entity.label == "ORG":
            actor = known_actor(entity.text)
            if actor is not None and actor.country and not actor.weak:
                counts[actor.country] += 1
            else:
                for word in entity.text.split():
                    counts.update(gazetteer.demonym(word))
    for country, others in load_yaml("gazetteer", "units.yaml")["neighbours"].items():
        counts.update(other for other in others if country in counts)
    return Context(demonyms=counts, source=source)
