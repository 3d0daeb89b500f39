"""From a ``Doc`` to event mentions: every trigger with its roles, status, date, place and sides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from pipeline import trace
from pipeline.harm import find_harm
from pipeline.inflect import verb_forms
from pipeline.lexicon import describe
from pipeline.ontology import event_types, is_incident
from pipeline.people import people
from pipeline.records import DateValue, Place, Status
from pipeline.resources import load_yaml
from pipeline.stages.events.background import (
    announced,
    is_aim,
    is_comparison,
    is_generality,
    is_one_of,
    is_reputation,
    is_statistic,
    is_told_before,
)
from pipeline.stages.events.circumstances import pick_date, pick_place
from pipeline.stages.events.figurative import figure_of_speech, frame, participant_words, text_domains
from pipeline.stages.events.linking import Mention
from pipeline.stages.events.refine import padded, refine
from pipeline.stages.events.roles import Roles, read_roles, thrown_at
from pipeline.stages.events.triggers import Trigger, find_triggers
from pipeline.syntax.context import Context, PlaceMention
from pipeline.syntax.grammar import char_span, clause_verb, governors, noun_phrase
from pipeline.syntax.status import read_attribution, read_status

STAGE = "events"
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both"})
_LEAVE = frozenset({"leave", "leaves", "left", "leaving"})
_OPENERS = frozenset({"separately", "elsewhere", "meanwhile"})
# Of these, what is met or agreed on is no participant.
_JOINT = frozenset({"agree", "consult", "agreement", "cooperate"})


@dataclass(frozen=True)
class _Words:
    separating: frozenset[str]
    openings: tuple[str, ...]
    anaphors: frozenset[str]
    impact: frozenset[str]
    speaker_accuses: frozenset[str]
    speech_acts: frozenset[str]
    places: frozenset[str]
    concluded_by: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = load_yaml("status.yaml")
    return _Words(
        frozenset(word for word in data["separating"] if " " not in word),
        tuple(f" {word} " for word in data["separating"] if " " in word),
        frozenset(data["anaphors"]),
        frozenset(form for verb in data["impact_verbs"] for form in verb_forms(verb)),
        frozenset(form for verb in data["speaker_accuses"] for form in verb_forms(verb)),
        frozenset(data["speech_acts"]),
        frozenset(data["place_anaphors"]),
        frozenset(form for verb in data["concluded_by"] for form in verb_forms(verb)),
    )


@dataclass(frozen=True)
class _Scene:
    """The sentence that a trigger stands in, and what earlier stages found there.

    ``heads`` are the head tokens of its triggers, ``domains`` what the whole text is about, ``apart`` tells that the
    sentence opens something new, ``slug`` is the place that heads it in a list of incidents.
    """

    context: Context
    sentence: Span
    number: int
    dates: list[tuple[int, int, DateValue]]
    places: list[PlaceMention]
    heads: frozenset[int]
    domains: frozenset[str]
    apart: bool
    slug: Place | None

    @property
    def lower(self) -> list[str]:
        return self.context.lower[self.sentence.start : self.sentence.end]


def find_mentions(doc: Doc, context: Context) -> list[Mention]:
    """All event mentions in text order."""
    mentions: list[Mention] = []
    domains = text_domains(context.lower)
    for number, sentence in enumerate(doc.sents):
        triggers = find_triggers(sentence, context.lower)
        if not triggers:
            continue
        opening = padded(context.lower[sentence.start : sentence.start + 8])
        # The place that opens an item of a list of incidents, "KARACHI: Fire at …"; a single one is a dateline.
        slug = context.slugs.get(sentence.start) if len(context.slugs) > 1 else None
        apart = any(phrase in opening for phrase in _words().openings) or bool(_OPENERS & set(opening.split()[:3]))
        scene = _Scene(
            context,
            sentence,
            number,
            context.dates_in(sentence),
            context.places_in(sentence),
            frozenset(trigger.head for trigger in triggers if trigger.word_class != "means"),
            domains,
            apart or (len(context.items) > 1 and sentence.start in context.items),
            slug,
        )
        found = [mention for trigger in triggers if (mention := _mention(scene, trigger)) is not None]
        for mention in found:
            mention.apart = mention.apart or any(_happened_in(mention, other) for other in found)
        mentions.extend(found)
    return mentions


def _happened_in(mention: Mention, other: Mention) -> bool:
    """True for the harm of "three were killed in another attack"."""
    return other.separate and other.head.dep_ == "pobj" and clause_verb(other.head).i == mention.head.i


def _mention(scene: _Scene, trigger: Trigger) -> Mention | None:
    """One trigger read in its sentence; ``None``, with a note in the trace, where it speaks of no event."""
    head = scene.context.doc[trigger.head]
    status, cue = _status(trigger, head)
    roles = read_roles(trigger, head)
    definite, modifiers = _determination(head)
    clause = padded(token.lower_ for token in _clause(head, scene.heads))
    type_, rules = _settle_type(trigger, head, roles, clause)
    intended = announced(head, type_, status, cue)
    if intended is not None:
        type_, status, rules = intended, "asserted", [*rules, f"announced with {cue!r}"]
    if trigger.type == "throwing" and type_ != "throwing":
        roles.target = thrown_at(head) or roles.target
    why = _no_event(scene, trigger, head, status, cue)
    if event_types()[type_].violent or trigger.type in ("throwing", "striking", "taking", "accident"):
        why = why or figure_of_speech(trigger, head, scene.sentence, scene.context.lower, roles, scene.domains)
        told = frame(head)
        if told is not None:
            status, cue = "hypothetical", told
    attribution = read_attribution(head)
    _settle_roles(scene, head, type_, roles, attribution)
    why = why or _unspecific(scene.context, head, type_, status, cue, roles, definite)
    if why is not None:
        trace.note(STAGE, "rejected", *char_span(scene.context.doc, trigger.start, trigger.end), "no event", why)
        return None
    speech = type_ in _words().speech_acts
    place = None if speech else pick_place(head, scene.places, farthest=_reach(type_))
    # "the fourth such raid" counts the one that was just told
    telling = bool(roles.source or roles.target)
    backward = definite and trigger.word_class == "noun" and (head.lower_ in _words().anaphors or not telling)
    before = is_comparison(head) or is_told_before(head, published=scene.context.published)
    other = head.tag_.startswith("NN") and bool(modifiers & _words().separating) and "such" not in modifiers
    return Mention(
        trigger=trigger,
        head=head,
        sentence=scene.number,
        type=type_,
        status=status,
        status_cue=cue,
        roles=roles,
        attribution=None if speech else attribution,
        date=pick_date(head, scene.dates),
        place=place or (scene.slug if is_incident(type_) else None),
        anaphoric=backward or "such" in modifiers,
        separate=other or before or is_one_of(head) or is_reputation(head),
        before=before,
        apart=scene.apart,
        headline=scene.sentence.start_char < scene.context.body_start,
        source_sides=scene.context.sides(roles.source),
        target_sides=scene.context.sides(roles.target),
        clause=clause,
        rules=rules,
    )


def _status(trigger: Trigger, head: Token) -> tuple[Status, str]:
    status, cue = read_status(head)
    concluded = trigger.type == "agreement" and cue in _words().concluded_by and clause_verb(head).lower_ == cue
    if status == "hypothetical" and concluded:
        return "asserted", ""  # "agreed on a truce", not "agreed to seek a truce"
    if trigger.word_class == "means" and status == "asserted":
        return read_status(clause_verb(head))  # a missile that can hit has not hit
    return status, cue


def _no_event(scene: _Scene, trigger: Trigger, head: Token, status: Status, cue: str) -> str | None:
    """Why a trigger's words speak of no event at all, whatever their participants."""
    verb = clause_verb(head)
    if head.ent_type_ in ("DATE", "TIME"):
        return "a date"  # "March"
    if trigger.word_class == "means" and verb.lower_ not in _words().impact:
        return f"idle with {verb.text!r}"
    if head.lower_ in _LEAVE:
        stop = min(trigger.start + 12, scene.sentence.end)
        if any(harm.start > trigger.start for harm in find_harm(head.doc, scene.context.lower, trigger.start, stop)):
            return "leaves people dead or hurt"  # the words of harm tell of it
    if trigger.harm is not None and status == "negated" and cue in ("no", "nobody", "none", "neither"):
        return "a zero figure"  # "no one was hurt"
    hurts = trigger.harm is not None or event_types()[trigger.type].violent
    if hurts and is_statistic(head, scene.lower):
        return "toll of a whole time"
    return None


def _unspecific(
    context: Context, head: Token, type_: str, status: Status, cue: str, roles: Roles, definite: bool
) -> str | None:
    """Why a mention with its type and roles settled still tells of nothing that can be pointed at."""
    if event_types()[type_].abstract and type_ not in ("violence", "happening"):
        return f"what is behind {head.text!r} makes it no event"
    if type_ == "happening" and not definite:
        return "an indefinite happening"
    if _is_policy(type_):
        if is_aim(status, cue):
            return f"an aim ({cue})"
        if not any(_is_actor(context, token) for token in (*roles.source, *roles.target)):
            return "policy without an actor"
    if status == "hypothetical" and is_incident(type_) and is_generality(head, roles):
        return "violence in general"
    return None


def _determination(head: Token) -> tuple[bool, set[str]]:
    """Whether a noun is definite, and its modifiers in lower case."""
    definite = any(
        child.dep_ in ("det", "poss")
        and (child.lower_ in _DEFINITE or (child.dep_ == "poss" and child.ent_type_ in ("DATE", "TIME")))
        for child in head.children
    )
    modifiers = {c.lower_ for c in head.children if c.dep_ in ("det", "amod", "advmod") and c.i < head.i}
    return definite, modifiers


def _settle_type(trigger: Trigger, head: Token, roles: Roles, clause: str) -> tuple[str, list[str]]:
    """The type that the words and participants around a trigger give it, and the rules that gave it."""
    source, target = participant_words(roles.source), participant_words(roles.target)
    if trigger.type == "throwing":
        roles.target = [*roles.target, *thrown_at(head)]
    if trigger.type != "death":
        return refine(trigger.type, clause, source, target)
    # What people died of is settled once it is known which event they died in, unless somebody did it.
    transitive = trigger.harm is not None and trigger.harm.word.voice == "transitive"
    if transitive and any(_can_act(token) for token in roles.source):
        if trigger.harm is not None and trigger.harm.word.kind == "displaced":
            moved, rules = refine("displacement", clause, source, target)
            return ("death", []) if moved == "displacement" else (moved, rules)
        type_, rules = refine("violence", clause, source, target)
        return type_, ["somebody did it", *rules]
    return "death", []


def _settle_roles(scene: _Scene, head: Token, type_: str, roles: Roles, attribution: tuple[Token, str] | None) -> None:
    """What the type asks of the roles: speakers as sources, the other party of policy, no places for participants."""
    context = scene.context
    if type_ == "accuse" and head.lower_ in _words().speaker_accuses:
        # "he said Russia violated the truce": the speaker accuses
        roles.target = [token for token in roles.source if _is_actor(context, token)]
        roles.source = [attribution[0]] if attribution is not None else []
    if type_ in _JOINT:
        roles.target = [token for token in roles.target if token.i not in scene.heads]
    if head.dep_ == "acl" and head.tag_ == "VBG":
        # "a bomber struck a building in Khost killing 19": not the building did it
        struck = [token for token in roles.source if token.dep_ in ("dobj", "pobj") and not _can_act(token)]
        roles.source = [token for token in roles.source if token not in struck]
    if type_ == "retreat":
        roles.target = [token for token in roles.target if token.lower_ not in _words().places]
    if _is_policy(type_) and not any(_is_actor(context, token) for token in roles.target):
        roles.target += _other_party(context, head, roles)


def _reach(type_: str) -> int:
    """How loosely a place may hang on the trigger: towns that are hit or taken are its object, words have no scene."""
    taken = event_types()[type_].acled_event == "Battles" or type_ == "non_violent_transfer_of_territory"
    return 4 if taken or is_incident(type_) else 1


def _is_policy(type_: str) -> bool:
    """True for words and policy, which need somebody who says or does them."""
    kind = event_types()[type_]
    return not is_incident(type_) and kind.acled_event is None and kind.plover is not None


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


def _can_act(token: Token) -> bool:
    """True for a doer with a will: people and groups, not bombs, storms or pronouns for them."""
    lexicon = people()
    if token.ent_type_ in ("PERSON", "ORG", "NORP", "GPE"):
        return True
    return token.lower_ not in lexicon.things and (lexicon.is_person(token.lower_))
