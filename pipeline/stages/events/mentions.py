"""From a ``Doc`` to event mentions: every trigger with its roles, status, date, place and sides."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from pipeline import facts, trace
from pipeline.harm import find_harm
from pipeline.inflect import verb_forms
from pipeline.lexicon import describe
from pipeline.people import people
from pipeline.ontology import event_types
from pipeline.records import Actor, DateValue, Entity, Place
from pipeline.resources import load_yaml
from pipeline.stages.events.circumstances import PlaceMention, pick_date, pick_place
from pipeline.stages.events.figurative import figure_of_speech, frame, text_domains
from pipeline.stages.events.grammar import char_span, clause_verb, governors, noun_phrase
from pipeline.stages.events.linking import Mention, is_incident
from pipeline.stages.events.refine import padded, refine
from pipeline.stages.events.roles import Roles, read_roles, thrown_at
from pipeline.stages.events.status import read_attribution, read_status
from pipeline.stages.events.triggers import Trigger, find_triggers

STAGE = "events"
_LEAVE = frozenset({"leave", "leaves", "left", "leaving"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both"})


class Context:
    """What earlier stages found in the text, by token."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.lower = [token.lower_ for token in doc]
        self.article = facts.article(doc)
        self.published = self.article.published if self.article else None
        self.domains = text_domains(self.lower)
        self.sentences = facts.sentences(doc)
        self.entities = facts.entities(doc)
        self.places: dict[str, Place] = {place.id: place for place in facts.places(doc)}
        self.actors: dict[str, Actor] = {actor.id: actor for actor in facts.actors(doc)}
        self.entity_at: dict[int, Entity] = {}
        self.place_mentions: list[PlaceMention] = []
        for entity in self.entities:
            span = doc.char_span(entity.start, entity.end, alignment_mode="expand")
            if span is None:
                continue
            for token in span:
                self.entity_at[token.i] = entity
            if entity.place in self.places and entity.label != "NORP":
                self.place_mentions.append(PlaceMention(span.start, span.end, self.places[entity.place]))
        self.slugs: dict[int, Place] = {
            mention.end + 1: mention.place
            for mention in self.place_mentions
            if mention.end + 1 < len(doc) and doc[mention.end].text == ":" and doc[mention.start].is_sent_start
        }
        self.dates: list[tuple[int, int, DateValue]] = []
        for date in facts.dates(doc):
            span = doc.char_span(date.start, date.end, alignment_mode="expand")
            if span is not None:
                self.dates.append((span.start, span.end, date))
        body = self.article.body_start if self.article else 0
        self.body_start = body or _first_line_end(doc)

    def country_at(self, token: int) -> str | None:
        """The country that the entity at a token belongs to or stands for."""
        entity = self.entity_at.get(token)
        if entity is None:
            return None
        actor = self.actors.get(entity.actor or "")
        if actor is not None and actor.country is not None:
            return actor.country
        place = self.places.get(entity.place or "")
        return place.country if place is not None else None

    def sides(self, heads: Iterable[Token]) -> frozenset[str]:
        """Who the participants are: country codes (upper case) and head nouns (lower case, singular)."""
        sides: set[str] = set()
        for head in heads:
            start, end = noun_phrase(head)
            said = describe(self.doc[start:end].text)
            sides |= set(said.sponsors or said.countries or {c for i in range(start, end) if (c := self.country_at(i))})
            if head.ent_type_ in ("GPE", "LOC", "FAC"):
                continue
            if not (head.ent_type_ or head.tag_.startswith("NNP") or people().is_person(head.lower_)):
                continue
            word = head.lower_
            sides.add(word[:-1] if word.endswith("s") and len(word) > 3 else word)
        return frozenset(side for side in sides if side not in _EMPTY_SIDES)


_EMPTY_SIDES = frozenset(
    "it they he she them him her who which that people person other one man men member soldier fighter number dozen "
    "force group militant attack blast bomb civilian officer 2 3".split()
)


def _first_line_end(doc: Doc) -> int:
    """Character offset behind the first paragraph, which is the headline where more follows; 0 where none does."""
    for token in doc:
        if token.is_space and token.text.count("\n") >= 2 and token.i > 0:
            return int(token.idx + len(token.text))
    return 0


@lru_cache(maxsize=1)
def _cue_words() -> tuple[frozenset[str], tuple[str, ...], frozenset[str], frozenset[str], frozenset[str]]:
    data = load_yaml("status.yaml")
    single = frozenset(word for word in data["separating"] if " " not in word)
    phrases = tuple(f" {word} " for word in data["separating"] if " " in word)
    impact = frozenset(form for verb in data["impact_verbs"] for form in verb_forms(verb))
    speaker = frozenset(form for verb in data["speaker_accuses"] for form in verb_forms(verb))
    return single, phrases, frozenset(data["anaphors"]), impact, speaker


def find_mentions(doc: Doc, context: Context) -> list[Mention]:
    """All event mentions in text order."""
    mentions: list[Mention] = []
    for number, sentence in enumerate(doc.sents):
        triggers = find_triggers(sentence, context.lower)
        if not triggers:
            continue
        dates = [date for date in context.dates if sentence.start <= date[0] < sentence.end]
        places = [place for place in context.place_mentions if sentence.start <= place.start < sentence.end]
        opening = padded(context.lower[sentence.start : sentence.start + 8])
        slug = _slug(context, sentence)
        apart = (
            slug is not None
            or any(phrase in opening for phrase in _cue_words()[1])
            or any(
                word in ("separately", "elsewhere", "meanwhile")
                for word in context.lower[sentence.start : sentence.start + 3]
            )
        )
        heads = frozenset(trigger.head for trigger in triggers if trigger.word_class != "means")
        found = [_mention(context, sentence, number, trigger, dates, places, apart, heads) for trigger in triggers]
        here = [mention for mention in found if mention is not None]
        for mention in here:
            mention.apart = mention.apart or any(_happened_in(mention, other) for other in here)
            if slug is not None and mention.place is None and is_incident(mention.type):
                mention.place = slug
        mentions.extend(here)
    return mentions


def _slug(context: Context, sentence: Span) -> Place | None:
    """The place that opens an item of a list of incidents: "KARACHI: Fire at …"; a single one is a dateline."""
    if len(context.slugs) < 2:
        return None
    return context.slugs.get(sentence.start)


def _happened_in(mention: Mention, other: Mention) -> bool:
    """True for the harm of "three were killed in another attack"."""
    return other.separate and other.head.dep_ == "pobj" and clause_verb(other.head).i == mention.head.i


def _mention(
    context: Context,
    sentence: Span,
    number: int,
    trigger: Trigger,
    dates: list[tuple[int, int, DateValue]],
    places: list[PlaceMention],
    apart: bool,
    heads: frozenset[int],
) -> Mention | None:
    doc = context.doc
    head = doc[trigger.head]
    single, _, anaphors, impact, _ = _cue_words()
    span = char_span(doc, trigger.start, trigger.end)
    if trigger.word_class == "means" and clause_verb(head).lower_ not in impact:
        trace.note(STAGE, "rejected", *span, "idle means", f"{head.text} with {clause_verb(head).text}")
        return None
    if head.lower_ in _LEAVE and any(
        harm.start > trigger.start
        for harm in find_harm(doc, context.lower, trigger.start, min(trigger.start + 12, sentence.end))
    ):
        return None  # "left 12 people dead"
    status, cue = read_status(trigger, head)
    if trigger.word_class == "means" and status == "asserted":
        # a missile that can hit, a bomb that failed to explode
        status, cue = read_status(trigger, clause_verb(head))
        if clause_verb(head).lower_ in ("failed", "fails", "fail"):
            return None
    if status == "negated" and trigger.harm is not None and cue in ("no", "nobody", "none", "neither"):
        return None  # "no one was hurt" is a figure, not a mention of harm
    roles = read_roles(trigger, head)
    definite = any(
        child.dep_ in ("det", "poss")
        and (child.lower_ in _DEFINITE or child.dep_ == "poss" and child.ent_type_ in ("DATE", "TIME"))
        for child in head.children
    )
    anaphoric = (
        definite and trigger.word_class == "noun" and (head.lower_ in anaphors or not roles.source and not roles.target)
    )
    modifiers = {
        child.lower_ for child in head.children if child.dep_ in ("det", "amod", "advmod") and child.i < head.i
    }
    # "the fourth such raid" counts the one that was just told
    separate = head.tag_.startswith("NN") and bool(modifiers & single) and "such" not in modifiers
    anaphoric = anaphoric or "such" in modifiers
    if trigger.type == "happening" and not (anaphoric or definite):
        return None
    hurts = trigger.harm is not None or event_types()[trigger.type].violent
    if hurts and _cumulative(context, sentence, head):
        trace.note(STAGE, "rejected", *span, "toll of a whole time", sentence.text[:80])
        return None
    separate = separate or _long_before(head)
    if head.ent_type_ in ("DATE", "TIME"):
        return None  # "March"
    clause = padded(token.lower_ for token in _clause(head, heads))
    source, target = participant_words(roles.source), participant_words(roles.target)
    if trigger.type == "throwing":
        roles.target = [*roles.target, *thrown_at(head)]
    # what people died of is settled once it is known which event they died in
    type_, rules = (trigger.type, []) if trigger.type == "death" else refine(trigger.type, clause, source, target)
    if type_ == "death" and roles.source and trigger.harm is not None and trigger.harm.word.voice == "transitive":
        if any(_can_act(context, token) for token in roles.source):
            type_, rules = refine("violence", clause, source, target)
            rules = ["somebody did it", *rules]
    intended = _intention(head, type_, status, cue)
    if intended is not None:
        type_, status = intended, "asserted"
        rules = [*rules, f"announced with {cue!r}"]
    if trigger.type == "throwing" and type_ != "throwing":
        roles.target = thrown_at(head) or roles.target
    if event_types()[type_].violent or trigger.type in ("throwing", "striking", "taking"):
        why = figure_of_speech(trigger, head, sentence, context.lower, roles, context.domains)
        if why is not None:
            trace.note(STAGE, "rejected", *span, "figure of speech", why)
            return None
        told = frame(head, doc)
        if told is not None:
            status, cue = "hypothetical", told
    attribution = read_attribution(head)
    if type_ == "accuse" and head.lower_ in _cue_words()[4]:
        # "he said Russia violated the truce": the speaker accuses
        roles.target = [token for token in roles.source if _is_actor(context, token)]
        roles.source = [attribution[0]] if attribution is not None else []
    if type_ in _SPEECH_ACTS:
        attribution = None
    roles.target = [
        t for t in roles.target if not (t.i in heads and type_ in ("agree", "consult", "agreement", "cooperate"))
    ]
    if type_ == "retreat":
        roles.target = [t for t in roles.target if t.lower_ not in _place_nouns()]
    if _is_policy(type_) and not any(_is_actor(context, token) for token in roles.target):
        roles.target += _other_party(context, head, roles)
    if _is_policy(type_) and _is_aim(context, head, status, cue, roles):
        return None
    if status == "hypothetical" and is_incident(type_) and _in_general(head, roles):
        return None
    if event_types()[type_].abstract and type_ not in ("violence", "happening"):
        trace.note(STAGE, "rejected", *span, "object decides", f"{head.text} of {target.strip()!r} is no event")
        return None
    return Mention(
        trigger=trigger,
        head=head,
        sentence=number,
        type=type_,
        status=status,
        status_cue=cue,
        roles=roles,
        attribution=attribution,
        date=pick_date(head, dates),
        place=None if type_ in _SPEECH_ACTS else pick_place(head, places, farthest=3 if is_incident(type_) else 1),
        anaphoric=anaphoric,
        separate=separate or _known_for(head),
        apart=apart,
        headline=sentence.start_char < context.body_start,
        source_sides=context.sides(roles.source),
        target_sides=context.sides(roles.target),
        clause=clause,
        rules=rules,
    )


@lru_cache(maxsize=1)
def _intentions() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = load_yaml("status.yaml")
    return frozenset(data["promising"]), frozenset(data["promised_types"]), frozenset(data["refused_types"])


def _intention(head: Token, type_: str, status: str, cue: str) -> str | None:
    """The deed that an announcement is by itself: "will hold talks" agrees to, "will not lift the ban" refuses."""
    promising, promised, refused = _intentions()
    announced = any(
        child.dep_ == "aux" and child.lower_ in promising for child in (*head.children, *head.head.children)
    )
    if not announced:
        return None
    if status == "negated" and type_ in refused:
        return "reject"
    return "agree" if status == "hypothetical" and type_ in promised and cue in promising else None


_SPEECH_ACTS = frozenset({"accuse", "threaten", "request", "reject", "support"})


def _is_policy(type_: str) -> bool:
    """True for words and policy, which need somebody who says or does them."""
    kind = event_types()[type_]
    return not is_incident(type_) and kind.acled_event is None and kind.plover is not None


@lru_cache(maxsize=1)
def _place_nouns() -> frozenset[str]:
    return frozenset(load_yaml("status.yaml")["place_anaphors"])


def _is_aim(context: Context, head: Token, status: str, cue: str, roles: Roles) -> bool:
    """True for policy that nobody did: aims ("to ease tensions"), rights, and deeds without an actor."""
    if status == "hypothetical" and cue in ("to", "right", "rights", "effort", "efforts", "any"):
        return True
    return not any(_is_actor(context, token) for token in (*roles.source, *roles.target))


def _other_party(context: Context, head: Token, roles: Roles) -> list[Token]:
    """Whom words or policy concern where the object is a thing: "refused a request from [Moscow]", "lend to [Jakarta]".

    The first actor behind the trigger in its own clause or in what it governs.
    """
    sources = {i for token in roles.source for i in range(*noun_phrase(token))}
    for token in head.subtree:
        if (
            token.i <= head.i
            or token.i in sources
            or not token.tag_.startswith("NN")
            or token.ent_type_ in ("DATE", "TIME")
        ):
            continue
        if token.dep_ in ("compound", "nmod") or not _is_actor(context, token):
            continue
        if any(
            above.dep_ in ("relcl", "advcl") and above.i > head.i
            for above in governors(token)
            if head.is_ancestor(above)
        ):
            continue
        return [token]
    return []


def _is_actor(context: Context, token: Token) -> bool:
    """True for a participant that names or describes people, a group or a state."""
    start, end = noun_phrase(token)
    if any(context.doc[i].ent_type_ in ("PERSON", "ORG", "NORP", "GPE") for i in range(start, end)):
        return True
    return token.tag_ != "PRP" and describe(context.doc[start:end].text).kind is not None


def _in_general(head: Token, roles: Roles) -> bool:
    """True for violence in general: "protocols to prevent clashes", "any hostile act"."""
    if not head.tag_.startswith("NN"):
        return False
    determiners = {child.lower_ for child in head.children if child.dep_ == "det"}
    return "any" in determiners or (head.tag_ == "NNS" and not determiners and not roles.source)


def _clause(head: Token, heads: frozenset[int]) -> list[Token]:
    """The words around a trigger, in order: those of its clause, less what hangs on another trigger."""
    verb = clause_verb(head)
    kept: list[Token] = []
    pending = [verb]
    while pending:
        token = pending.pop()
        kept.append(token)
        pending.extend(
            child for child in token.children if child.i not in heads or child.i == head.i or head.is_ancestor(child)
        )
    if head not in kept:
        kept.extend(head.subtree)
    return sorted(kept, key=lambda token: token.i)


def _long_before(head: Token) -> bool:
    """True inside "a day after twin blasts …", "follows the kidnapping": what came before is told for comparison."""
    below = head
    for above in governors(head):
        if below.dep_ in ("advcl", "pcomp", "pobj", "prep"):
            marks = [
                c
                for c in (*below.children, above)
                if c.lower_ in ("after", "since", "before") and c.dep_ in ("mark", "prep")
            ]
            if any(child.dep_ == "npadvmod" for mark in marks for child in mark.children):
                return True
            if marks and any(child.dep_ == "npadvmod" for child in below.children):
                return True
        if (
            above.lower_ in ("follows", "followed", "following")
            and below.dep_ in ("dobj", "pobj")
            and below.i == head.i
        ):
            return above.lower_ == "follows"
        if above.dep_ == "ROOT":
            break
        below = above
    return False


@lru_cache(maxsize=1)
def _background_words() -> tuple[frozenset[str], frozenset[str]]:
    data = load_yaml("status.yaml")
    return frozenset(data["cumulative"]), frozenset(form for verb in data["known_for"] for form in verb_forms(verb))


def _cumulative(context: Context, sentence: Span, head: Token) -> bool:
    """True for what a whole time adds up to: "thousands have died since the war began", "killings so far this year"."""
    lower = context.lower[sentence.start : sentence.end]
    perfect = any(child.dep_ == "aux" and child.lower_ in ("have", "has", "had", "'ve", "’ve") for child in head.children)
    if perfect and any(word in _background_words()[0] for word in lower):
        return True
    return head.tag_ == "NNS" and any(phrase in padded(lower) for phrase in _PERIODS)


_PERIODS = tuple(
    f" {phrase} "
    for phrase in (
        "so far this year", "this year", "over the past", "in the past", "in the last", "over the last", "on several occasions",
        "in recent years", "in recent months", "a wave of", "an increase in", "a rise in", "each year", "every year",
        "per year", "annually", "during the year", "since the beginning of", "the number of", "years of", "decades of", "months of",
    )
)  # fmt: skip


def _known_for(head: Token) -> bool:
    """True inside "suspected of killing four people": a deed told to say who somebody is."""
    above = head.head
    if head.dep_ not in ("pcomp", "pobj") or above.lower_ not in ("of", "with", "for", "in", "over"):
        return False
    verb = above.head
    return verb.lower_ in _background_words()[1] and verb.dep_ in ("acl", "relcl", "amod")


def participant_words(heads: list[Token]) -> str:
    """The words of participants as :func:`pipeline.stages.events.refine.refine` reads them."""
    words: list[str] = []
    for head in heads:
        start, end = noun_phrase(head)
        span = head.doc[start:end]
        words.extend(token.lower_ for token in span)
        if head.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") or people().is_person(head.lower_):
            words.append(f"kind:{describe(span.text).kind}")
        words += [f"ent:{head.ent_type_}", "|"]
    return padded(words)


def _can_act(context: Context, token: Token) -> bool:
    """True for a doer with a will: people and groups, not bombs, storms or pronouns for them."""
    lexicon = people()
    if token.ent_type_ in ("PERSON", "ORG", "NORP", "GPE"):
        return True
    return token.lower_ not in lexicon.things and (lexicon.is_person(token.lower_))
