"""Stage ``entities``: the model's names reconciled with the gazetteer, the lexicons and the text itself.

Every source proposes names with a score (:mod:`.names`): the spaCy model (:mod:`.model`), the lexicons
(:mod:`.lexicons`), titles and earlier mentions of people (:mod:`.persons`), the gazetteer
(:func:`pipeline.gazetteer.recognise.recognise`), the date grammar (:mod:`pipeline.timex`). The best without overlaps
stay; then one name keeps one label through a text (:mod:`.agreement`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline import facts, timex, trace
from pipeline.gazetteer import Gazetteer, open_gazetteer
from pipeline.gazetteer.recognise import lookup_surface, recognise
from pipeline.records import Entity
from pipeline.stages.entities.agreement import agreed, spread
from pipeline.stages.entities.cues import acronyms, cued_names, named_by_their_end, places_of_kind
from pipeline.stages.entities.lexicons import Lexicons
from pipeline.stages.entities.model import model_names
from pipeline.stages.entities.names import PLACE_LABELS, Name, Words, choose, covering
from pipeline.stages.entities.persons import followed_persons, titled_persons, widened_persons

STAGE = "entities"


class Options(BaseModel):
    """``gazetteer``, ``gazetteer_tables``: where place names are looked up. ``min_place``: how sure the gazetteer must
    be that words name a place, 0 to 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    gazetteer: str | None = None
    gazetteer_tables: list[str] = []
    min_place: float = Field(default=0.5, ge=0, le=1)


def reconcile(doc: Doc, gazetteer: Gazetteer, lexicons: Lexicons, *, min_place: float = 0.5) -> list[Name]:
    """The names of a tagged ``Doc`` in text order, without overlaps; ``doc.ents`` are the model's and are rewritten."""
    words = Words.of(doc)
    names = list(model_names(doc, words))
    names.extend(_within_longer(lexicons.names(doc, words), names))
    kept, _ = choose(names)
    doc.set_ents([Span(doc, name.start, name.end, label=name.label) for name in kept])
    names.extend(place_names(doc, words, gazetteer, kept, min_place))
    names.extend(lexicons.things(words))
    names.extend(date_names(doc))
    # Each round of proposals reads the best names of the rounds before it.
    for propose in (
        (named_by_their_end, places_of_kind, cued_names, titled_persons),
        (acronyms, widened_persons),
        (followed_persons,),
    ):
        kept, _ = choose(names)
        for rule in propose:
            names.extend(rule(words, kept))
    kept, lost = choose(names)
    kept = spread(words, agreed(words, kept))
    if trace.on():
        _report(doc, words, kept, lost)
    return kept


def _within_longer(found: Iterator[Name], names: Sequence[Name]) -> Iterator[Name]:
    """Names of the lexicons, unless a longer name of the model's holds them ("American Airlines")."""
    longer = covering([name for name in names if name.size > 1 and name.label in _HOLDERS], _size(names))
    for name in found:
        holder = longer[name.start] if name.start < len(longer) else None
        inside = holder is not None and name.end <= holder.end and name.size < holder.size
        if inside and holder is not None and (name.label == "ORG" or holder.label not in ("PERSON", "GPE")):
            continue
        yield name


_HOLDERS = frozenset({"ORG", "FAC", "LOC", "GPE", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})


def _size(names: Sequence[Name]) -> int:
    return max((name.end for name in names), default=0)


def place_names(
    doc: Doc, words: Words, gazetteer: Gazetteer, names: Sequence[Name], min_place: float
) -> Iterator[Name]:
    """Names that the gazetteer knows and whose context speaks for a place."""
    labels = {(name.start, name.end): name.label for name in names}
    ends: set[int] = set()
    for place in recognise(doc, gazetteer, min_score=0.0):
        bracketed = place.start - 1 in ends and words.texts[place.start - 1] == "("
        # "CHAMAN: Two men died", the way of notes
        labelling = words.starts[place.start] and words.texts[place.end : place.end + 1] == [":"]
        if (place.score < min_place and not bracketed and not labelling) or place.inside not in (None, *PLACE_LABELS):
            continue
        start, end = place.start, place.end
        if words.texts[start].lower() == "the" and lookup_surface(words.text(start + 1, end), gazetteer):
            start += 1  # but "The Hague" keeps its article
        if words.texts[end - 1] == "." and end - start > 1 and _ends_sentence(words, end):
            end -= 1  # the end of a sentence, not of an abbreviation
        label = labels.get((start, end))
        known, sure = _place_label(words.text(start, end), gazetteer)
        if label not in PLACE_LABELS or sure:
            label = known
        ends.add(end)
        placed = labelling or (bracketed and words.texts[end : end + 1] == [")"])
        score = max(place.score, _PLACED) if placed else place.score
        if score >= min_place:
            yield Name(start, end, label, 35 + 45 * score + (end - start), f"gazetteer, {place.reason}")


def _ends_sentence(words: Words, end: int) -> bool:
    while end < len(words) and words.texts[end].isspace():
        end += 1
    return end == len(words) or words.starts[end]


# How sure a name that the gazetteer knows is of being a place behind another in brackets ("Azara (Kobra)") or before a
# colon that a sentence begins with.
_PLACED = 0.75


def _place_label(text: str, gazetteer: Gazetteer) -> tuple[str, bool]:
    """The label of the best known place of this name, and whether all places of the name would have it."""
    labels = [_feature_label(entry.feature, entry.match) for entry in lookup_surface(text, gazetteer)] or ["GPE"]
    return labels[0], len(labels) == labels.count(labels[0])


def _feature_label(feature: str, match: str) -> str:
    if feature == "PPLX":  # a quarter of a town
        return "LOC"
    if feature.startswith(("PCL", "ADM", "PPL", "TERR")) or (feature == "RGN" and match == "overlay"):
        return "GPE"
    return "FAC" if feature.startswith(_BUILT) else "LOC"


# GeoNames feature codes of what people built.
_BUILT = ("AIR", "BLDG", "SCH", "HSP", "PRK", "INST", "MIL", "CMP", "STDM", "BDG")


def date_names(doc: Doc) -> Iterator[Name]:
    """Date expressions, by the same grammar that the stage ``dates`` reads."""
    for found, span in _date_spans(doc):
        label = "TIME" if found.rule in ("part_today", "overnight") else "DATE"
        yield Name(span.start, span.end, label, 82.0 + len(span), f"date, {found.rule}")


def _date_spans(doc: Doc) -> Iterator[tuple[timex.Timex, Span]]:
    for found in timex.find_in(doc):
        span = doc.char_span(found.start, found.end, alignment_mode="expand")
        if span is not None:
            yield found, span


def _report(doc: Doc, words: Words, kept: Sequence[Name], lost: Sequence[tuple[Name, Name]]) -> None:
    for name in kept:
        span = doc[name.start : name.end]
        trace.note(STAGE, "added", span.start_char, span.end_char, span.text, name.rule, name.label)
    for name, rival in lost:
        span = doc[name.start : name.end]
        detail = f"{name.label} lost to {rival.label} {words.text(rival.start, rival.end)!r} ({rival.rule})"
        trace.note(STAGE, "rejected", span.start_char, span.end_char, span.text, name.rule, detail)


def to_entities(doc: Doc, names: Sequence[Name]) -> list[Entity]:
    """Entity records ``e0`` … in text order, each with the id of its sentence."""
    sentences = facts.sentences(doc)
    dates = {(span.start, span.end): found for found, span in _date_spans(doc)}
    entities = []
    at = 0
    for number, name in enumerate(names):
        span = doc[name.start : name.end]
        start, end = span.start_char, span.end_char
        if name.label == "DATE" and (name.start, name.end) in dates:
            # "24 Jan." at the end of a sentence: the full stop is the sentence's, though the token holds it
            start, end = dates[name.start, name.end].start, dates[name.start, name.end].end
        while at < len(sentences) - 1 and sentences[at].end <= start:
            at += 1
        inside = bool(sentences) and sentences[at].start <= start < sentences[at].end
        entities.append(
            Entity(
                id=f"e{number}",
                start=start,
                end=end,
                text=span.text[start - span.start_char : end - span.start_char],
                label=name.label,
                sentence=sentences[at].id if inside else None,
            )
        )
    return entities


class Entities:
    """The component: rewrites ``doc.ents`` and stores ``entities``."""

    def __init__(self, nlp: Language, options: Options) -> None:
        self.options = options
        self.lexicons = Lexicons(nlp)
        self.gazetteer = open_gazetteer(
            Path(options.gazetteer) if options.gazetteer else None, tables=[Path(t) for t in options.gazetteer_tables]
        )

    def __call__(self, doc: Doc) -> Doc:
        facts.demand(doc, STAGE, "TAG", "ENT_IOB")
        names = reconcile(doc, self.gazetteer, self.lexicons, min_place=self.options.min_place)
        doc.set_ents([Span(doc, name.start, name.end, label=name.label) for name in names])
        facts.put(doc, STAGE, to_entities(doc, names))
        return doc


@Language.factory(
    "dateline_entities",
    requires=["doc.ents", "token.tag"],
    assigns=["doc.ents", "doc._.dateline_entities"],
    default_config={"gazetteer": None, "gazetteer_tables": [], "min_place": 0.5},
)
def make_entities(
    nlp: Language, name: str, gazetteer: str | None, gazetteer_tables: list[str], min_place: float
) -> Entities:
    """The component of stage ``entities``."""
    return Entities(
        nlp,
        Options.model_validate({"gazetteer": gazetteer, "gazetteer_tables": gazetteer_tables, "min_place": min_place}),
    )
