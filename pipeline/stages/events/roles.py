"""Who did it to whom: source, target and others of a trigger, from the dependency parse."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Token

from pipeline.inflect import verb_forms
from pipeline.lexicon import weapon_class
from pipeline.ontology import event_types
from pipeline.people import people
from pipeline.resources import load_yaml
from pipeline.stages.events.triggers import Trigger
from pipeline.syntax.grammar import (
    agents,
    conjuncts,
    governors,
    is_passive,
    is_verb,
    objects,
    own_subject,
    prepositional,
    subject,
)
from pipeline.wordtable import plural

_TARGET_PREPOSITIONS = frozenset(
    {"on", "against", "at", "upon", "into", "toward", "towards", "with", "to", "for", "over", "from", "about", "in"}
)
_NOUN_TARGET = frozenset(
    {"on", "against", "at", "upon", "into", "with", "to", "toward", "towards", "targeting", "for", "over"}
)
_SYMMETRIC = frozenset({"armed_clash", "consult", "agree", "agreement", "cooperate", "mob_violence", "support"})
_JOINT = frozenset({"agree", "agreement", "cooperate", "support"})
_OF_IS_TARGET = frozenset(
    {
        "attack", "abduction", "arrest", "explosion", "shelling", "air_strike", "property_destruction", "coerce",
        "government_regains_territory", "non_state_actor_overtakes_territory", "sexual_violence", "violence", "death",
        "accuse", "concede", "support", "reject", "sanction", "disrupted_weapons_use", "request", "aid",
        "taking", "finding", "overpowering",
    }
)  # fmt: skip
_NOT_SOURCE = frozenset({"it", "there", "which", "that", "this", "what"})


@dataclass(slots=True)
class Roles:
    """Head tokens of the participants. ``means`` are the weapons and the like that stand where a source would."""

    source: list[Token] = field(default_factory=list)
    target: list[Token] = field(default_factory=list)
    other: list[tuple[str, Token]] = field(default_factory=list)


def read_roles(trigger: Trigger, head: Token) -> Roles:
    """The participants that grammar gives a trigger.

    Args:
        head: the trigger's head token.
    """
    nominal = trigger.word_class != "verb" or head.tag_.startswith("NN") or _is_gerund_noun(head)
    roles = _of_noun(trigger, head) if nominal else _of_verb(trigger, head)
    roles.source = [_spoken_of(token, head) for token in roles.source]
    roles.target = [_spoken_of(token, head) for token in roles.target]
    if head.lower_ in _words().mutual and not is_passive(head) and not any(c.dep_ == "prt" for c in head.children):
        # "rebels clashed with troops", "talks between A and B", but not with sticks, and nobody fights a battle
        roles.target = [token for token in roles.target if _may_be_side(token)]
        both = [*roles.source, *(token for token in roles.target if token not in roles.source)]
        if head.dep_ == "nsubj" and head.tag_.startswith("NN"):
            # "clashes between A and B killed five people": the five are no side of them
            both = [token for token in both if token in roles.source or head.is_ancestor(token)]
        if len(both) > 1:
            roles.source, roles.target = both, [*both, *(token for token in roles.target if token not in both)]
    elif trigger.type in _SYMMETRIC and len(roles.source) > 1 and not is_passive(head):
        # "clashes between A and B", "A and B signed a pact": each is both
        if not roles.target or trigger.type in _JOINT:
            roles.target = [*roles.source, *roles.target]
    roles.source = [token for token in roles.source if token.lower_ not in _NOT_SOURCE and not _is_time(token)]
    roles.target = [token for token in roles.target if not _is_time(token) and not _is_taken_place(token)]
    return roles


def _is_gerund_noun(head: Token) -> bool:
    """True for "the looting of shops", whose object stands behind "of"."""
    return head.tag_ == "VBG" and not objects(head) and bool(prepositional(head, frozenset({"of"})))


@dataclass(frozen=True)
class _Words:
    """``light`` verbs give a noun its doer, ``undergo`` ones its target; ``mutual`` words go both ways; ``parts`` stand
    for their owner."""

    light: frozenset[str]
    undergo: frozenset[str]
    mutual: frozenset[str]
    parts: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = load_yaml("status.yaml")

    def forms(key: str) -> frozenset[str]:
        return frozenset(form for word in data[key] for form in (*verb_forms(word), plural(word)))

    return _Words(forms("light_verbs"), forms("undergo_verbs"), forms("mutual"), frozenset(data["parts_of"]))


def thrown_at(verb: Token) -> list[Token]:
    """What something was thrown, fired or dropped at: behind "at", "on", "into", "against"."""
    reached = prepositional(verb, frozenset({"at", "on", "into", "against", "toward", "towards", "upon"}))
    for item in objects(verb):
        reached += prepositional(item, frozenset({"at", "on", "into", "against", "toward", "towards"}))
    return _expand([noun for _, noun in reached if not _is_time(noun)][:1])


def _spoken_of(token: Token, verb: Token) -> Token:
    """Who a pronoun of reported speech is: "the army says it has seized the town"."""
    if token.tag_ != "PRP" or token.lower_ in ("i", "we", "you"):
        return token
    clause = verb
    while clause.dep_ in ("xcomp", "conj", "aux") and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ != "ccomp":
        return token
    speaker = next(
        (child for child in clause.head.children if child.dep_ == "nsubj" and child.tag_.startswith("NN")), None
    )
    return speaker if speaker is not None else token


def _owner(token: Token) -> Token:
    """Whose throat was slit, whose tyres were slashed: part and whole have the same thing done to them."""
    if token.lower_ not in _words().parts:
        return token
    wholes = [noun for _, noun in prepositional(token, frozenset({"of"}))]
    owners = [child for child in token.children if child.dep_ == "poss" and child.tag_ != "PRP$"]
    return next(iter((*wholes, *owners)), token)


def _is_taken_place(token: Token) -> bool:
    """True in "the attack took place"."""
    return token.lower_ == "place" and token.dep_ == "dobj" and not any(token.children)


def _is_time(token: Token) -> bool:
    return (
        token.ent_type_ in ("DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "ORDINAL")
        and not token.tag_.startswith("NN")
        and not any(child.lower_ == "of" for child in token.children)  # "two of the grenades"
    ) or token.ent_type_ in ("DATE", "TIME")


def _expand(tokens: list[Token]) -> list[Token]:
    expanded: list[Token] = []
    for token in tokens:
        expanded.extend(item for item in conjuncts(token) if item not in expanded)
    return expanded


def _may_be_side(token: Token) -> bool:
    """False for the weapons that are fought with, and for the fight itself."""
    return token.lower_ not in _words().mutual and weapon_class(token.lower_) is None


def _doers(verb: Token) -> list[Token]:
    """Who did what a passive tells, also where the parser hangs "by" on a word behind the verb: "burnt alive by …"."""
    found = agents(verb)
    if found:
        return found
    for token in verb.subtree:
        if token.i > verb.i and token.lower_ == "by" and token.dep_ in ("prep", "agent"):
            between = [above for above in governors(token) if verb.is_ancestor(above)]
            if any(is_verb(above) or (above.dep_ == "prep" and above.lower_ != "with") for above in between):
                continue  # "killed in an ambush by rebels": they ambushed
            doers = [noun for noun in token.children if noun.dep_ == "pobj"]
            if any(people().is_person(noun.lower_) or noun.ent_type_ in ("PERSON", "ORG", "NORP") for noun in doers):
                return doers
    return []


def _of_verb(trigger: Trigger, verb: Token) -> Roles:
    roles = Roles()
    found = subject(verb)
    passive = is_passive(verb)
    said_of = found[0] if found is not None else None
    inner = [token for token in verb.doc[trigger.start : trigger.last + 1] if token.i != verb.i]
    own_objects = [item for token in (verb, *inner) for item in objects(token)]
    if not own_objects and not passive:
        # "found and removed two bombs"
        own_objects = [
            item for child in verb.children if child.dep_ == "conj" and child.i < verb.i + 4 for item in objects(child)
        ]
    if not own_objects:
        # "killed upwards of 15 people"
        upwards = [child for child in verb.children if child.lower_ in ("upwards", "upward") and child.i > verb.i]
        own_objects = [noun for child in upwards for _, noun in prepositional(child, frozenset({"of"}))]
    bare_participle = (
        trigger.harm is not None
        and trigger.harm.word.voice == "transitive"
        and verb.tag_ in ("VBN", "VBD")
        and not own_objects
    )
    undergone = [token for token in inner if token.lower_ == "under"]
    if undergone and verb.lower_ in _words().undergo:
        # "came under fire from gunmen"
        roles.target = _expand([said_of]) if said_of is not None else []
        sources = [pair for token in (verb, *inner) for pair in prepositional(token, frozenset({"from", "by"}))]
        roles.source = _expand([noun for _, noun in sources][:1])
        return roles
    if passive or (found is not None and found[1]) or bare_participle:
        if said_of is not None:
            roles.target = _expand([said_of])
        roles.source = _expand(_doers(verb))
    elif _inchoative(trigger, verb):
        # "a bomb exploded": nobody is said to have done it
        pass
    else:
        doers = agents(verb) if own_subject(verb) is None else []  # "shelling by separatists"
        if said_of is not None or doers:
            roles.source = _expand(doers or [said_of])  # type: ignore[list-item]
        roles.target = _expand(own_objects)
    contiguous = trigger.last < trigger.end
    roles.target = [
        t
        for t in map(_owner, roles.target)
        if (t.i != trigger.last or people().is_person(t.lower_)) and not (contiguous and t in inner)
    ]
    if not roles.target:
        reached = prepositional(verb, _TARGET_PREPOSITIONS)
        for token in inner:
            reached += prepositional(token, _TARGET_PREPOSITIONS)
        preferred = [
            noun
            for preposition, noun in reached
            if preposition not in ("in", "from", "for", "about") and not _is_place_or_time(noun, preposition)
        ]
        roles.target = _expand(preferred[:1])
    if not roles.target:
        for child in verb.children:
            if child.dep_ == "ccomp":
                clause_subject = next((c for c in child.children if c.dep_ in ("nsubj", "nsubjpass")), None)
                if clause_subject is not None and clause_subject.tag_ not in ("PRP", "EX"):
                    roles.target = _expand([clause_subject])
                    break
    return roles


def _inchoative(trigger: Trigger, verb: Token) -> bool:
    """True for things that go off, leak, collapse or crash by themselves, and for those who die."""
    if trigger.harm is not None and trigger.harm.word.voice in ("intransitive", "state"):
        return True
    return trigger.type in ("explosion", "accident", "natural_disaster", "man_made_disaster") and not objects(verb)


def _is_place_or_time(noun: Token, preposition: str) -> bool:
    if noun.ent_type_ in ("DATE", "TIME"):
        return True
    return noun.ent_type_ in ("GPE", "LOC") and preposition in ("in", "at", "on", "from") and noun.ent_type_ == "LOC"


def _of_noun(trigger: Trigger, noun: Token) -> Roles:
    roles = Roles()
    for preposition, argument in prepositional(noun, _NOUN_TARGET | {"by", "of", "between", "involving", "from"}):
        if argument.ent_type_ in ("DATE", "TIME"):
            continue
        if preposition in ("by", "between", "involving"):
            roles.source.extend(_expand([argument]))
        elif preposition == "of":
            _of_complement(trigger, argument, roles)
        elif preposition == "from":
            roles.source.extend(_expand([argument]) if argument.ent_type_ in ("ORG", "NORP", "PERSON") else [])
        elif preposition != "in":
            roles.target.extend(_expand([argument]))
    for child in noun.children:
        if child.dep_ in ("poss", "nmod", "compound", "amod") and child.i < trigger.start and not roles.source:
            roles.source.extend(_premodifier(child))
        if child.dep_ in ("acl", "relcl") and child.lower_ in ("targeting", "against", "hitting", "involving"):
            roles.target.extend(_expand(objects(child)))
    if not roles.source:
        # "rapes of women by militiamen", where the parser hangs "by" on the women
        below = [who for token in roles.target for _, who in prepositional(token, frozenset({"by"}))]
        roles.source.extend(_expand([who for who in below if people().is_person(who.lower_) or who.ent_type_][:1]))
    if noun.dep_ == "nsubj" and not roles.source:
        # "a gun battle broke out between police and dealers"
        for _, argument in prepositional(noun.head, frozenset({"between"})):
            roles.source.extend(_expand([argument]))
    _through_verb(trigger, noun, roles)
    return roles


def _of_complement(trigger: Trigger, argument: Token, roles: Roles) -> None:
    """ "The killing of two men" has a target, "the visit of the minister" a source, "the battle of Mosul" a place."""
    if trigger.type in _OF_IS_TARGET:
        roles.target.extend(_expand([argument]))
    elif not (argument.ent_type_ in ("GPE", "LOC") and event_types()[trigger.type].violent):
        roles.source.extend(_expand([argument]))


def _premodifier(child: Token) -> list[Token]:
    """The doer that stands before the noun: "Israeli strikes", "the rebels' attack"."""
    if child.dep_ == "poss":
        return [child] if child.tag_ != "PRP$" and child.ent_type_ not in ("DATE", "TIME") else []
    if child.ent_type_ in ("NORP", "GPE", "ORG", "PERSON"):
        return [child, *[other for other in child.children if other.dep_ == "conj" and other.ent_type_]]
    if child.lower_ == "led":
        return [leader for leader in child.children if leader.ent_type_ in ("NORP", "GPE", "ORG")][:1]  # "Saudi-led"
    return []


def _through_verb(trigger: Trigger, noun: Token, roles: Roles) -> None:
    """Participants that the noun's verb gives it: "rebels launched an attack", "the attack killed five"."""
    verb = noun.head
    if not verb.tag_.startswith("VB"):
        if (
            noun.dep_ == "pobj"
            and verb.head.tag_.startswith("VB")
            and verb.lower_ in ("in", "under", "with", "by", "out", "during", "of", "into", "on")
        ):
            # "were killed in an attack", "came under attack"
            above = verb.head
            found = subject(above)
            undergone = verb.lower_ == "under" or (verb.lower_ == "into" and above.lower_ in _words().undergo)
            if undergone and found is not None and not roles.target:
                roles.target = _expand([found[0]])  # "came under attack", "ran into an ambush"
            elif above.lower_ in _words().light and found is not None and not roles.source:
                roles.source = _expand([found[0]])
        return
    if noun.dep_ in ("dobj", "attr") and (
        verb.lower_ in _words().light or (trigger.word_class == "noun" and not event_types()[trigger.type].violent)
    ):
        found = subject(verb)
        if found is not None:
            if verb.lower_ in _words().undergo:
                roles.target = _expand([found[0]])
                sent = prepositional(noun, frozenset({"from", "by"})) or prepositional(verb, frozenset({"from", "by"}))
                roles.source = roles.source or _expand([who for _, who in sent][:1])
            elif not found[1]:
                roles.source = roles.source or _expand([found[0]])
        if not roles.target:
            reached = prepositional(verb, _NOUN_TARGET)
            roles.target = _expand(
                [argument for preposition, argument in reached if not _is_place_or_time(argument, preposition)][:1]
            )
    elif noun.dep_ == "nsubj" and not is_passive(verb):
        if not roles.target:
            roles.target = [token for token in _expand(objects(verb)) if token.tag_.startswith(("NN", "PRP", "CD"))]
    elif noun.dep_ == "nsubjpass":
        roles.source = roles.source or _expand(agents(verb))
