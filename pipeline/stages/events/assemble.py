"""From clusters of mentions to events: what each mention contributes, and what neighbours lend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TextSpan

from pipeline import facts, trace
from pipeline.lexicon import is_title
from pipeline.ontology import event_types, is_incident
from pipeline.people import people
from pipeline.records import Attribution, DateValue, Event, OtherParticipant, Participant, Place, Span
from pipeline.records import Mention as MentionRecord
from pipeline.resources import load_yaml
from pipeline.stages.events.circumstances import (
    dateline_places,
    fineness,
    may_be_where,
    place_told_before,
    says_where,
    steadied,
)
from pipeline.stages.events.figurative import is_borne_out, participant_words, text_domains
from pipeline.stages.events.linking import Cluster, Mention, link
from pipeline.stages.events.mentions import STAGE, find_mentions
from pipeline.stages.events.refine import refine
from pipeline.syntax.context import Context, PlaceMention
from pipeline.syntax.grammar import char_span, noun_phrase
from pipeline.syntax.status import attribution_span

# How far, in sentences, an incident may lend its date or place to one that has none.
_REACH = 2
_MAX_PARTICIPANTS = 6


@dataclass(slots=True)
class _Draft:
    """An event in the making."""

    cluster: Cluster
    type: str
    date: DateValue | None
    place: Place | None
    rules: list[str]


def find_events(doc: Doc, *, policy_events: bool = True) -> list[Event]:
    """The events of a text, in the order of their first mentions, with ids ``v0``, ``v1`` …"""
    context = Context(doc)
    clusters = link(find_mentions(doc, context), published=context.published)
    domains = text_domains(context.lower)
    drafts = [_draft(cluster) for cluster in clusters if not _is_dropped(doc, cluster, domains)]
    if not policy_events:
        drafts = [draft for draft in drafts if event_types()[draft.type].acled_event or is_incident(draft.type)]
    _lend(context, drafts)
    events = []
    for number, draft in enumerate(drafts):
        event = _event(context, draft, f"v{number}")
        events.append(event)
        if trace.on():
            _explain(doc, draft, event)
    return events


def _is_dropped(doc: Doc, cluster: Cluster, domains: frozenset[str]) -> bool:
    """True for mentions that amount to no event, with a note in the trace of why."""
    if cluster.type() == "happening":
        why = "an incident of which nothing is told"
    elif _at_large(cluster):
        why = "violence in general"
    elif _claims_violence(cluster) and not is_borne_out(cluster.mentions, domains):
        why = "nothing bears out that violence is meant"
    else:
        return False
    if trace.on():
        for mention in cluster.mentions:
            trace.note(STAGE, "rejected", *char_span(doc, mention.trigger.start, mention.trigger.end), "no event", why)
    return True


def _claims_violence(cluster: Cluster) -> bool:
    kind = event_types()[cluster.type()]
    return kind.violent or kind.id == "death" or kind.acled_event == "Battles"


@lru_cache(maxsize=1)
def _abstract_nouns() -> frozenset[str]:
    return frozenset(load_yaml("status.yaml")["abstract_nouns"])


def _at_large(cluster: Cluster) -> bool:
    """True for violence in general: abstract nouns only, with no place, date, figure or side that acts."""
    if not is_incident(cluster.type()):
        return False
    return all(
        mention.trigger.word_class == "noun"
        and mention.head.lower_ in _abstract_nouns()
        and mention.place is None
        and mention.date is None
        and mention.trigger.harm is None
        and not (mention.roles.source and mention.roles.target)
        for mention in cluster.mentions
    )


def _draft(cluster: Cluster) -> _Draft:
    type_ = cluster.type()
    rules = [rule for mention in cluster.mentions for rule in mention.rules]
    type_, fired = refine(type_, *_words_of(cluster))
    rules += fired
    if type_ == "death" and all(
        m.trigger.harm is not None and m.trigger.harm.word.kind == "displaced" for m in cluster.mentions
    ):
        type_ = "displacement"
    if type_ in ("violence", "death"):
        transitive = any(
            m.trigger.harm is not None and m.trigger.harm.word.voice == "transitive" for m in cluster.mentions
        )
        if type_ == "violence" or transitive:
            type_ = "attack"
            rules.append("harm without a word for its cause")
    return _Draft(cluster, type_, cluster.first("date"), _finest(cluster), rules)  # type: ignore[arg-type]


def _words_of(cluster: Cluster) -> tuple[str, str, str]:
    """The clauses, sources and targets of the mentions that tell of the event, as :func:`refine` reads them."""
    telling = [mention for mention in cluster.mentions if not mention.anaphoric] or cluster.mentions
    return (
        "".join(mention.clause for mention in telling),
        "".join(participant_words(mention.roles.source) for mention in telling),
        "".join(participant_words(mention.roles.target) for mention in telling),
    )


def _finest(cluster: Cluster) -> Place | None:
    """The finest resolved place of the mentions; among equals that of the earliest."""
    places = [mention.place for mention in cluster.mentions if mention.place is not None]
    return max(places, key=_sureness) if places else None


def _sureness(place: Place) -> tuple[bool, int]:
    return place.lat is not None, fineness(place)


@lru_cache(maxsize=1)
def _place_anaphors() -> frozenset[str]:
    return frozenset(load_yaml("status.yaml")["place_anaphors"])


def _lend(context: Context, drafts: list[_Draft]) -> None:
    """Fill missing dates and places from the sentence, from neighbouring incidents, and last from the dateline."""
    sentences = list(context.doc.sents)
    incidents = [draft for draft in drafts if _has_scene(draft.type)]
    told_in = _by_sentence(incidents)
    for draft in incidents:
        for number in [m.sentence for m in draft.cluster.mentions if len(told_in[m.sentence]) == 1]:
            sentence = sentences[number]
            if draft.date is None:
                inside = [date for _, _, date in context.dates_in(sentence)]
                draft.date = inside[0] if len(inside) == 1 else None
            if draft.place is None:
                items = context.places_in(sentence)
                places = [i.place for i in items if says_where(context.doc, i) or _stands_free(context.doc, i.start)]
                draft.place = max(places, key=_sureness) if places else None
    for field in ("date", "place"):
        for draft in incidents:
            if getattr(draft, field) is None and not any(m.separate for m in draft.cluster.mentions):
                neighbour = _neighbour(draft, told_in, field)
                if neighbour is not None:
                    setattr(draft, field, getattr(neighbour, field))
    story = _Story(
        sentences,
        _located(context, context.place_mentions),
        Counter(item.place.id for item in context.place_mentions),
        dateline_places(context),
    )
    for draft in incidents:
        draft.place = _story_place(context, story, draft)
    last: Place | None = None
    for draft in drafts:
        if is_incident(draft.type):
            last = draft.place or last
        elif draft.place is None and last is not None:
            clause = {
                token.lower_
                for mention in draft.cluster.mentions
                for token in mention.head.subtree
                if _definite_place(token)
            }
            if clause:
                draft.place = last


def _by_sentence(incidents: list[_Draft]) -> dict[int, list[tuple[int, _Draft]]]:
    """The incidents, numbered, by the sentences that tell of them."""
    told_in: dict[int, list[tuple[int, _Draft]]] = {}
    for order, draft in enumerate(incidents):
        for number in dict.fromkeys(mention.sentence for mention in draft.cluster.mentions):
            told_in.setdefault(number, []).append((order, draft))
    return told_in


_SCENES = frozenset(
    "arrest disrupted_weapons_use government_regains_territory non_state_actor_overtakes_territory "
    "non_violent_transfer_of_territory headquarters_established".split()
)


def _has_scene(type_: str) -> bool:
    """True for events of one time and place, which neighbours in the text may share."""
    return is_incident(type_) or type_ in _SCENES


@dataclass(frozen=True, slots=True)
class _Story:
    """What the whole text says of places, gathered once.

    ``places``: those where things may happen; ``times``: how often each is named, by id; ``datelines``: ids of those
    that a paragraph opens with.
    """

    sentences: list[TextSpan]
    places: Mapping[str, Place]
    times: Mapping[str, int]
    datelines: frozenset[str]


def _located(context: Context, items: Iterable[PlaceMention]) -> dict[str, Place]:
    return {
        item.place.id: item.place
        for item in items
        if item.place.country is not None
        and item.place.lat is not None
        and (item.place.precision != "country" or may_be_where(context.doc, item))
    }


def _story_place(context: Context, story: _Story, draft: _Draft) -> Place | None:
    """The draft's place, else the one that the story is at, if it is told as a fact."""
    place, mentions = draft.place, draft.cluster.mentions
    if (place is None or place.lat is None) and _status(draft.cluster) == "asserted":
        told = _only_place(context, story, draft.cluster)
        if told is None and not any(mention.separate for mention in mentions):
            first = min(mention.sentence for mention in mentions)
            told = place_told_before(context, story.sentences, first, story.times, story.datelines)
        place = told or place
    return steadied(context, place, story.times, story.datelines) if place is not None else None


def _only_place(context: Context, story: _Story, cluster: Cluster) -> Place | None:
    """The one place that the event's own sentences name, else the whole text; ``None`` where there are several.

    Provinces and countries that hold a finer place are no rivals to it; a country that acts or is blamed is no place.
    """
    numbers = sorted({mention.sentence for mention in cluster.mentions})
    own = _located(context, [item for number in numbers for item in context.places_in(story.sentences[number])])
    for places in (own, story.places):
        if not places:
            continue
        finest = max(fineness(place) for place in places.values())
        best = [place for place in places.values() if fineness(place) == finest]
        countries = {place.country for place in places.values()}
        return best[0] if len(best) == 1 and len(countries) == 1 else None
    return None


def _definite_place(token: Token) -> bool:
    return token.lower_ in _place_anaphors() and any(
        child.lower_ in ("the", "this", "that") for child in token.children
    )


def _stands_free(doc: Doc, start: int) -> bool:
    """True for a place name that a preposition of place introduces, not one inside another name."""
    before = doc[start - 1].lower_ if start else ""
    if before == "the" and start > 1:
        before = doc[start - 2].lower_
    return before in (
        "in",
        "at",
        "near",
        "outside",
        "of",
        "around",
        "inside",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
    )


def _neighbour(draft: _Draft, told_in: dict[int, list[tuple[int, _Draft]]], field: str) -> _Draft | None:
    """The incident told nearest by that has the value and the same frame: dates that agree where both have one."""
    near: dict[int, tuple[int, _Draft]] = {}
    for mention in draft.cluster.mentions:
        for distance in range(-_REACH, _REACH + 1):
            for order, other in told_in.get(mention.sentence + distance, ()):
                if order not in near or abs(distance) < near[order][0]:
                    near[order] = (abs(distance), other)
    best: tuple[int, int, _Draft] | None = None
    for order, (away, other) in near.items():
        if other is draft or getattr(other, field) is None:
            continue
        if field == "place" and draft.date is not None and other.date is not None and draft.date != other.date:
            continue
        if draft.cluster.mentions[0].status != other.cluster.mentions[0].status:
            continue
        if best is None or (away, order) < best[:2]:
            best = (away, order, other)
    return best[2] if best is not None else None


def _event(context: Context, draft: _Draft, id_: str) -> Event:
    doc, cluster = context.doc, draft.cluster
    main = next((m for m in cluster.mentions if m.type == draft.type and not m.headline), None)
    main = main or next((m for m in cluster.mentions if not m.generic), cluster.mentions[0])
    kind = event_types()[draft.type]
    start, end, text = char_span(doc, main.trigger.start, main.trigger.end)
    sources = _participants(context, cluster, "source")
    targets = _participants(context, cluster, "target")
    attribution = _attribution(doc, main)
    return Event(
        id=id_,
        type=draft.type,
        plover=kind.plover,
        acled_event=kind.acled_event,
        acled_sub_event=kind.acled_sub_event,
        trigger=Span(start=start, end=end, text=text),
        mentions=[_mention_record(context, mention) for mention in cluster.mentions],
        date=draft.date,
        place=draft.place.id if draft.place is not None else None,
        source=sources,
        target=targets,
        other=_others(context, cluster),
        status=_status(cluster),
        attribution=attribution,
        score=_score(draft, main, bool(sources or targets)),
        rule=" + ".join([f"{main.trigger.word_class}:{text.lower()}", *dict.fromkeys(draft.rules)])[:200],
    )


def _status(cluster: Cluster) -> str:
    return next((m.status for m in cluster.mentions if m.status == "asserted"), cluster.mentions[0].status)


def _mention_record(context: Context, mention: Mention) -> MentionRecord:
    start, end, text = char_span(context.doc, mention.trigger.start, mention.trigger.end)
    return MentionRecord(start=start, end=end, text=text, sentence=facts.sentence_at(context.sentences, start))


def _participants(context: Context, cluster: Cluster, role: str) -> list[Participant]:
    """Who did it, by the first telling mention that says so; to whom, by all mentions, each once.

    Pronouns are left out: they stand for someone that another mention names, or for nobody that the text names. So are
    blasts and shells: they are the event, not who did it. The story names people better than its headline.
    """
    telling = sorted(
        cluster.mentions, key=lambda mention: (mention.type == "happening" or mention.anaphoric, mention.headline)
    )
    itself = {m.head.i for m in cluster.mentions if m.trigger.word_class == "noun" or _is_munition(m)}
    heads: list[Token] = []
    for mention in telling:
        found = [t for t in getattr(mention.roles, role) if t.tag_.startswith("NN") or t.ent_type_ == "NORP"]
        if role == "target":
            doers = {t.lower_ for m in cluster.mentions for t in m.roles.source}
            both = mention.roles.source  # who fights each other is source and target
            found = [t for t in found if t in both or t.lower_ not in doers]
            found = [t for t in found if _stem(t) not in {_stem(other) for other in heads}]
        else:
            found = [t for t in found if t.i not in itself]
        heads += found
        if heads and role == "source":
            break
    return [_participant(context, head) for head in heads[:_MAX_PARTICIPANTS]]


def _is_munition(mention: Mention) -> bool:
    return mention.trigger.word_class == "means" and mention.trigger.type in ("explosion", "shelling", "grenade")


def _stem(noun: Token) -> str:
    return noun.lower_[:-1] if noun.lower_.endswith("s") and len(noun) > 3 else noun.lower_


def _participant(context: Context, head: Token) -> Participant:
    head = _named(context, head)
    first, last = noun_phrase(head)
    start, end, text = char_span(context.doc, first, last)
    entity = context.entity_at.get(head.i)
    if entity is None:
        entity = next(
            (context.entity_at[i] for i in range(first, last) if i in context.entity_at and context.entity_at[i].actor),
            None,
        )
    return Participant(start=start, end=end, text=text, actor=entity.actor if entity is not None else None)


def _named(context: Context, head: Token) -> Token:
    """The name where a description and a name stand side by side: "the Chief of Staff, General Valery Gerasimov"."""
    appositions = [child for child in head.children if child.dep_ == "appos" and child.ent_type_ == "PERSON"]
    if appositions:
        return appositions[0]
    behind = noun_phrase(head)[1]
    doc = context.doc
    if head.tag_ in ("NN", "NNP") and head.ent_type_ != "PERSON" and behind < len(doc) - 1 and doc[behind].text == ",":
        for token in doc[behind + 1 : behind + 4]:
            if token.ent_type_ == "PERSON":
                end = token.i
                while end + 1 < len(doc) and doc[end + 1].ent_iob_ == "I":
                    end += 1
                return doc[end] if is_title(head.lower_) or people().is_person(head.lower_) else head
            if not token.tag_.startswith("NNP"):
                break
    return head


def _others(context: Context, cluster: Cluster) -> list[OtherParticipant]:
    found = []
    for mention in cluster.mentions:
        for role, head in mention.roles.other:
            participant = _participant(context, head)
            found.append(OtherParticipant(**participant.model_dump(), role=role))
    return found


def _attribution(doc: Doc, main: Mention) -> Attribution | None:
    """Who is cited for the sentence of the trigger."""
    if main.attribution is None:
        return None
    speaker, verb = main.attribution
    start, end, text = char_span(doc, *attribution_span(speaker))
    return Attribution(start=start, end=end, text=text, verb=verb)


def _score(draft: _Draft, main: Mention, has_participants: bool) -> float:
    """How much speaks for the event and its weight in the text: a rank, not a probability."""
    score = 0.35
    score += 0.25 * max(_prominence(mention) for mention in draft.cluster.mentions)
    score += 0.1 if has_participants else 0.0
    score += 0.1 if len(draft.cluster.mentions) > 1 else 0.0
    score += 0.05 if draft.date is not None else 0.0
    score += 0.05 if draft.place is not None else 0.0
    score += 0.1 if any(m.trigger.harm is not None for m in draft.cluster.mentions) else 0.0
    score -= 0.4 if all(m.before for m in draft.cluster.mentions) else 0.0
    return round(max(0.0, min(score, 1.0)), 2)


def _prominence(mention: Mention) -> float:
    """1 for the verb of a main clause, less for what is told in passing ("after days of heavy fighting")."""
    head = mention.head
    if head.dep_ == "ROOT" or (head.dep_ in ("ccomp", "conj", "xcomp") and head.head.dep_ == "ROOT"):
        return 1.0
    if head.dep_ in ("nsubj", "nsubjpass", "dobj") and head.head.dep_ in ("ROOT", "ccomp"):
        return 0.8
    if head.dep_ in ("ccomp", "conj", "advcl"):
        return 0.6
    return 0.3


def _explain(doc: Doc, draft: _Draft, event: Event) -> None:
    for mention, reason in zip(draft.cluster.mentions, draft.cluster.reasons, strict=True):
        span = char_span(doc, mention.trigger.start, mention.trigger.end)
        detail = f"{event.id} {event.type}; {reason}; status {mention.status}" + (
            f" ({mention.status_cue})" if mention.status_cue else ""
        )
        trace.note(STAGE, "added", *span, f"{mention.trigger.word_class}:{mention.trigger.type}", detail)
