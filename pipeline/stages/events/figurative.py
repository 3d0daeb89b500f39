"""Violence that is none: metaphors, sport, business, fiction, exercises, memory, habits and statistics.

The words stand in ``models/figurative.yaml``. A harmed person or a named weapon outweighs the domain that the text is
about: a bomb in a stadium is a bomb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Span, Token

from pipeline.harm import find_harm
from pipeline.inflect import verb_forms
from pipeline.lexicon import describe
from pipeline.people import people
from pipeline.resources import load_yaml
from pipeline.stages.events.linking import Mention
from pipeline.stages.events.refine import padded
from pipeline.stages.events.roles import Roles
from pipeline.stages.events.triggers import Trigger
from pipeline.syntax.grammar import clause_verb, governors, noun_phrase
from pipeline.wordtable import plural


@dataclass(frozen=True)
class _Figures:
    phrases: tuple[str, ...]
    objects: frozenset[str]
    subjects: frozenset[str]
    domains: dict[str, frozenset[str]]
    threshold: int
    fiction: frozenset[str]
    exercise: frozenset[str]
    memory: frozenset[str]
    habits: frozenset[str]
    trends: frozenset[str]
    doubtful: frozenset[str]
    witness: tuple[str, ...]
    placed: frozenset[str]


@lru_cache(maxsize=1)
def _figures() -> _Figures:
    data = load_yaml("figurative.yaml")
    return _Figures(
        tuple(f" {phrase} " for phrase in data["phrases"]),
        frozenset(data["objects"]),
        frozenset(data["subjects"]),
        {name: frozenset(words) for name, words in data["domains"].items()},
        data["threshold"],
        frozenset(data["fiction"]),
        frozenset(data["exercise"]),
        frozenset(data["memory"]),
        frozenset(data["habits"]),
        frozenset(form for verb in data["trends"] for form in verb_forms(verb)),
        frozenset(form for word in data["doubtful"] for form in (*verb_forms(word), plural(word))),
        tuple(f" {word} " for word in data["witness"]),
        frozenset(data["borne_out_by_place"]),
    )


_HIM = frozenset({"him", "her", "them"})


def text_domains(lower: Sequence[str]) -> frozenset[str]:
    """The domains that a whole text is about: twice the threshold of one in a sentence, in different words."""
    figures = _figures()
    words = set(lower)
    return frozenset(
        name for name, domain in figures.domains.items() if len(words & domain) >= 2 * figures.threshold + 1
    )


def figure_of_speech(
    trigger: Trigger, head: Token, sentence: Span, lower: Sequence[str], roles: Roles, domains: frozenset[str]
) -> str | None:
    """Why a word of violence means none here; ``None`` where it may be meant.

    Args:
        lower: the document's words in lower case.
        domains: of the text, see :func:`text_domains`.
    """
    figures = _figures()
    around = f" {' '.join(lower[max(sentence.start, trigger.start - 4) : min(sentence.end, trigger.end + 5)])} "
    own = " ".join(lower[trigger.start : trigger.end])
    for phrase in figures.phrases:
        if phrase in around and (own in phrase or lower[trigger.head] in phrase.split()):
            return f"phrase{phrase}".rstrip()
    if any(token.lower_ in figures.objects for token in roles.target) and not _hurts(trigger, head, roles):
        return "object"
    if any(token.lower_ in figures.subjects for token in roles.source) or _own_subject(head) in figures.subjects:
        if not any(_is_person(token) for token in roles.target) or trigger.harm is None:
            return "subject"
    verb = clause_verb(head)
    if head.tag_ in ("VBP", "VBZ", "VB", "NN", "NNS") and any(
        child.lower_ in figures.habits for child in verb.children
    ):
        return "habit"
    if head.tag_ == "NNS" and head.dep_ == "nsubj" and head.head.lower_ in figures.trends:
        return "statistics"
    if not _hurts(trigger, head, roles) and trigger.word_class != "means" and not _told_with_a_toll(sentence, lower):
        words = set(lower[sentence.start : sentence.end])
        for name, domain in figures.domains.items():
            found = len((words & domain) - {lower[trigger.head]})
            if found >= figures.threshold or (found and name in domains) or (name in domains and name != "business"):
                return name
    return None


def is_borne_out(mentions: Sequence[Mention], domains: frozenset[str]) -> bool:
    """False for words that may mean violence where nothing in the telling sentences bears it out.

    An armed doer, a weapon, a victim or a place that is hit does; a person that is hurt does as well, unless the text
    is about sport, the arts, games or business.
    """
    figures = _figures()
    if not all(mention.head.lower_ in figures.doubtful for mention in mentions):
        return True
    for mention in mentions:
        harm = mention.trigger.harm
        if mention.trigger.word_class == "noun" and mention.trigger.end - mention.trigger.start > 1:
            return True  # "nerve agent attack", "cross-border firing"
        if not domains and mention.place is not None and mention.head.lower_ in figures.placed:
            return True
        if mention.trigger.word_class == "means" or (
            harm is not None and (_number_beside(mention.head, mention.trigger) or _is_to_death(mention))
        ):
            return True
        own = f" {mention.head.lower_} "
        words = mention.clause.replace(own, " ", 1) + participant_words([*mention.roles.source, *mention.roles.target])
        if any(word in words for word in figures.witness):
            return True
        # "Ana Ruiz, 34, and a driver were killed" has two subjects for the parser
        subjects = [child for child in mention.head.children if child.dep_ == "nsubjpass"]
        if not domains and any(_is_person(token) for token in (*mention.roles.target, *subjects)):
            return True
        if (
            not domains
            and harm is not None
            and harm.word.kind == "killed"
            and any(token.lower_ in _HIM for token in mention.roles.target)
        ):
            return True  # "murdered him"
    return False


def _told_with_a_toll(sentence: Span, lower: Sequence[str]) -> bool:
    """True where the sentence counts people killed or hurt: "fire hit the market, killing seven traders"."""
    doc = sentence.doc
    return any(
        harm.word.kind in ("killed", "injured")
        and any(doc[i].tag_ == "CD" for i in (harm.start - 1, harm.last + 1) if sentence.start <= i < sentence.end)
        and any(people().is_person(word) for word in lower[harm.last + 1 : harm.last + 4])
        for harm in find_harm(doc, lower, sentence.start, sentence.end)
    )


def _is_to_death(mention: Mention) -> bool:
    """True for "hacked to death", "shot dead"."""
    return mention.trigger.harm is not None and mention.head.doc[mention.trigger.last].lower_ in ("death", "dead")


def _number_beside(head: Token, trigger: Trigger) -> bool:
    """True for a number within three words: "kills 26"."""
    around = head.doc[max(head.sent.start, trigger.start - 3) : min(head.sent.end, trigger.end + 3)]
    return any(token.tag_ == "CD" and token.ent_type_ in ("", "CARDINAL") for token in around)


def participant_words(heads: Sequence[Token]) -> str:
    """The words of participants, padded with spaces, as :mod:`.refine` reads them.

    ``kind:rebel``, ``ent:GPE``, ``is:person`` and ``is:name`` (another proper name) stand for what the words are.
    """
    words: list[str] = []
    for head in heads:
        start, end = noun_phrase(head)
        span = head.doc[start:end]
        words.extend(token.lower_ for token in span)
        if head.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") or people().is_person(head.lower_):
            words.append(f"kind:{describe(span.text).kind}")
        if head.ent_type_ == "PERSON" or people().is_person(head.lower_):
            words.append("is:person")
        elif head.tag_.startswith("NNP") and head.ent_type_ not in ("DATE", "TIME"):
            words.append("is:name")
        words += [f"ent:{head.ent_type_}", "|"]
    return padded(words)


def frame(head: Token) -> str | None:
    """``fiction``, ``exercise`` or ``memory`` where the trigger is told inside one: "in the film, a gang kidnaps …"."""
    figures = _figures()
    frames = {"fiction": figures.fiction, "exercise": figures.exercise, "memory": figures.memory}
    verbs = [clause_verb(head)]
    holders: list[Token] = []
    for above in governors(head):
        holders.append(above)
        if above.tag_.startswith("VB"):
            verbs.append(above)
    for verb in verbs:
        for child in verb.children:
            if (
                child.dep_ in ("nsubj", "nsubjpass")
                and head.i not in (child.i, verb.i)
                and verb.i != clause_verb(head).i
            ):
                holders.append(child)
            if child.dep_ in ("nsubj", "nsubjpass") and head.tag_.startswith("NN") and child.i != head.i:
                holders.append(child)
            if child.dep_ == "prep" and child.lower_ in ("in", "during"):
                holders.extend(noun for noun in child.children if noun.dep_ == "pobj")
    for name, nouns in frames.items():
        if any(holder.lower_ in nouns and holder.tag_.startswith("NN") for holder in holders):
            return name
    return None


def _own_subject(head: Token) -> str:
    return next((child.lower_ for child in head.children if child.dep_ in ("nsubj", "nsubjpass")), "")


def _is_person(token: Token) -> bool:
    return token.ent_type_ == "PERSON" or people().is_person(token.lower_)


def _hurts(trigger: Trigger, head: Token, roles: Roles) -> bool:
    """True for killed, wounded or abducted people: then the words mean what they say."""
    if trigger.harm is None:
        return False
    if _number_beside(head, trigger):
        return True
    return any(_is_person(token) for token in roles.target) or trigger.harm.word.voice in ("intransitive", "state")
