"""Which group of people a word of harm is said of.

Grammar first (the parser's subjects and objects), the order of words where the parser has nothing: headlines, notes
and elliptic pairs such as "12 killed, 30 wounded" have little grammar, but a strict order.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Span, Token

from pipeline.harm import Harm
from pipeline.people import people
from pipeline.stages.casualties.coordination import BE, containing, coordination, coordination_right
from pipeline.stages.casualties.groups import REFLEXIVE, Group
from pipeline.stages.casualties.nouns import of_noun, ranged
from pipeline.syntax.grammar import prepositional

_PASSIVE = frozenset("is are was were be been being am get gets got getting gotten 's ’s".split())

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})

_BETWEEN_TAGS = frozenset({"RB", "MD", "RBR", "RBS", "VBD", "VBZ", "VBP", "VB", "VBN"})

_LEAVE = frozenset("leave leaves left leaving".split())

_INCLUDING = frozenset({"including", "includes", "included", "include"})


@dataclass(frozen=True, slots=True)
class Reading:
    """The groups that one word of harm is said of, as indexes, and the rule that found them; ``parts`` detail them."""

    harm: Harm
    groups: list[int]
    rule: str
    parts: list[int] = field(default_factory=list)


def read_victims(sentence: Span, groups: list[Group], harms: list[Harm]) -> list[Reading]:
    """For each word of harm in the sentence, the groups that it is said of; those without any are left out."""
    doc = sentence.doc
    consumed: set[int] = set()
    readings: list[Reading] = []
    for position, harm in enumerate(harms):
        chosen, rule = _choose(doc, sentence, groups, harm, harms, position, consumed)
        if not chosen:
            continue
        parts = _parts(doc, groups, chosen, harm)
        # "12 people, including three children": the three are a part, told for themselves
        following = max(chosen) + 1
        while following < len(groups) and groups[following].pronoun:
            following += 1  # "among them"
        if (
            following < len(groups)
            and groups[following].included
            and groups[following].start - groups[max(chosen)].end <= 4
        ):
            parts = [*parts, following]
        chosen = [index for index in chosen if index not in parts]
        if harm.word.mixed:  # "500 dunums were burnt"
            chosen = [index for index in chosen if _are_people(doc, groups[index])]
        if not chosen or (harm.word.care and all(groups[index].vague for index in chosen)):
            continue
        if harm.word.kind in ("killed", "injured"):
            if harm.word.kind == "killed":
                _let_die(readings, chosen)
            consumed.update(chosen)
        readings.append(Reading(harm, chosen, rule, parts))
    return readings


def _are_people(doc: Doc, group: Group) -> bool:
    """True for a number alone, a name, a pronoun and a noun that is known to name people."""
    head = doc[group.head]
    return group.named or group.pronoun or not head.tag_.startswith("NN") or people().is_person(head.lower_)


def _let_die(readings: list[Reading], dead: list[int]) -> None:
    """Who is said to be hurt and then to die is dead: "was shot and died"."""
    for position, reading in enumerate(readings):
        if reading.harm.word.kind == "injured" and set(reading.groups) & set(dead):
            readings[position] = replace(reading, groups=[index for index in reading.groups if index not in dead])
    readings[:] = [reading for reading in readings if reading.groups]


def _choose(
    doc: Doc, sentence: Span, groups: list[Group], harm: Harm, harms: list[Harm], position: int, consumed: set[int]
) -> tuple[list[int], str]:
    voice = harm.word.voice
    head = doc[harm.head]
    index = ranged(doc, sentence, groups, harm, harms)
    if index is not None:
        return [index], "range"
    if harm.last > harm.start and doc[harm.last].lower_ in REFLEXIVE:
        himself = containing(groups, harm.last)  # "shot her and then turned the gun on himself"
        return ([himself], "subject") if himself is not None else ([], "")
    if head.tag_ == "VBG" and head.dep_ == "amod" and voice == "intransitive" and containing(groups, head.i) is None:
        return [], ""  # "a fleeing vehicle"
    if voice in ("noun", "lives"):
        return of_noun(doc, sentence, groups, harm, harms)
    inside = containing(groups, harm.start)
    if inside is not None and groups[inside].start < harm.head < groups[inside].head:
        if harm.word.kind not in ("killed", "injured"):
            return [], ""  # "displaced persons" were displaced before
        return [inside], "modifier"  # "three dead militants", "12 wounded soldiers"
    if inside is not None and groups[inside].head == harm.head and groups[inside].counted:
        return [inside], "state"  # "30 hurt"
    before = any(group.counted and 0 <= harm.start - group.end <= 1 for group in groups)
    if harm.last + 1 < sentence.end and doc[harm.last + 1].text == ":" and not before:
        return _if_any(_right(doc, groups, harm, sentence.end, colon=True), groups, "label")
    if (
        voice == "state"
        and doc[harm.head].dep_ == "nsubj"
        and doc[harm.head].head.lower_ in ("are", "were", "is", "was")
    ):
        # "the dead were six soldiers, two policemen and a driver"
        listed = next((i for i, group in enumerate(groups) if 0 < group.start - doc[harm.head].head.i <= 2), None)
        return (coordination_right(doc, groups, listed, harms), "listed") if listed is not None else ([], "")
    modified = _modified(doc, groups, harm)
    if modified is not None:
        return [modified], "modifier"
    if voice == "transitive":
        return _of_transitive(doc, sentence, groups, harm, harms, position, consumed)
    if doc[harm.head].lower_ == "with":  # "two men with gunshot wounds": who bears them, not who is near
        bearer = _subject(doc, groups, doc[harm.head])
        return ([], "") if bearer is None or groups[bearer].vague else ([bearer], "state")
    found = _left(doc, sentence, groups, harm, consumed)
    if found:
        return found, "subject" if voice == "intransitive" else "state"
    right = _right(doc, groups, harm, sentence.end, colon=voice == "state")
    if voice == "intransitive":
        return ([right], "subject after the verb") if right is not None else ([], "")
    return _if_any(right, groups, "state list")


def _modified(doc: Doc, groups: list[Group], harm: Harm) -> int | None:
    """The one person of a headline whom a word of harm modifies though the parser does not see it: "slain teen"."""
    if harm.start != harm.last or doc[harm.start].lower_ not in _MODIFYING:
        return None
    return next(
        (i for i, g in enumerate(groups) if g.start >= harm.start and g.head == harm.last + 1 and g.best == 1), None
    )


_MODIFYING = frozenset({"slain", "deceased", "wounded", "injured"})


def _if_any(index: int | None, groups: list[Group], rule: str) -> tuple[list[int], str]:
    return ([index], rule) if index is not None and groups[index].counted else ([], "")


_AIMED = frozenset({"at", "into", "towards", "toward"})


def _of_transitive(
    doc: Doc, sentence: Span, groups: list[Group], harm: Harm, harms: list[Harm], position: int, consumed: set[int]
) -> tuple[list[int], str]:
    """Victims of a transitive verb: its object, or its subject where it is passive or a bare participle."""
    passive = _is_passive(doc, harm.head, sentence.start)
    if harm.word.struck and not passive and harm.last + 1 < len(doc) and doc[harm.last + 1].lower_ in _AIMED:
        if doc[harm.head].tag_ == "VBD":
            return [], ""  # "three gunmen shot at the car"
    right = _right(doc, groups, harm, sentence.end)
    if right is not None and harm.last + 1 < len(doc) and doc[harm.last + 1].text == ",":
        if any(group.end == harm.start and group.counted for group in groups):
            return _left(doc, sentence, groups, harm, consumed), "participle"  # "three gunmen killed, no civilians"
    if (
        right is None
        and not passive
        and any(child.dep_ == "dobj" and child.i > harm.head for child in doc[harm.head].children)
    ):
        return [], ""  # "shot dead 40 cows": what came to harm is no person
    if passive:
        return _left(doc, sentence, groups, harm, consumed), "passive subject"
    if right is not None and (
        harm.gap or (right not in consumed and not _claimed_by_next(doc, groups, right, harms, position))
    ):
        return coordination_right(doc, groups, right, harms), "object"
    tag = doc[harm.head].tag_
    if tag in ("VBG", "VB", "VBZ", "VBP"):
        found = _shared_object(doc, groups, harm, harms, position, sentence.end)
        beside = any(group.end == harm.start and group.counted for group in groups)
        if found or tag == "VBG" or not beside:
            return found, "shared object"
    return _left(doc, sentence, groups, harm, consumed), "participle"  # "4 dead, 11 hurt"


_ONE = frozenset({"a", "an", "another"})


def _is_passive(doc: Doc, verb: int, floor: int) -> bool:
    token = doc[verb]
    if token.tag_ not in ("VBN", "VBD", "JJ", "VB") and not token.lower_.endswith("ed"):
        return False
    if token.tag_ == "VB":
        return False
    if any(child.dep_ == "auxpass" for child in token.children):
        return True
    position = verb - 1
    while position >= floor and (
        doc[position].tag_ in ("RB", "RBR", "RBS") or doc[position].lower_ in ("not", "n't", "also", "either", "or")
    ):
        position -= 1
    return position >= floor and doc[position].lower_ in _PASSIVE


def _right(doc: Doc, groups: list[Group], harm: Harm, stop: int, *, colon: bool = False) -> int | None:
    """The group that begins right after the word, adverbs and dates aside; else the parser's object."""
    begin = harm.start if harm.gap else harm.last
    for index, group in enumerate(groups):
        if group.start <= begin:
            continue
        between = [doc[i] for i in range(begin + 1, group.start)]
        if len(between) <= 4 and all(
            token.tag_ in ("RB", "PDT", "DT", "PRP$")
            or token.ent_type_ in ("DATE", "TIME")
            or token.text in ('"', "“")
            or (colon and token.text == ":")
            for token in between
        ):
            if group.head == group.start and group.pronoun and doc[group.head].tag_ in ("WP", "WDT"):
                return None
            return index
        break
    for child in doc[harm.head].children:
        if child.dep_ == "dobj" and child.i > harm.head:
            found = containing(groups, child.i)
            # not "wiped out the parasite", "shot down the idea"
            known = harm.word.violent and not harm.word.struck and harm.start == harm.last
            return found if found is not None else _guess(doc, groups, child, known=known, behind=harm.last)
    return None


def _guess(doc: Doc, groups: list[Group], noun: Token, *, known: bool = False, behind: int = -1) -> int | None:
    """A victim whose noun no lexicon knows: the parser says that it came to harm, its article that it is one.

    Args:
        known: the verb takes none but people ("kidnapped the manager"), so a definite article will do.
        behind: the last token of the word of harm, which is no part of the victim ("shot dead Ana Ruiz").
    """
    if (
        noun.tag_ not in ("NN", "NNP")
        or not noun.text[0].isalnum()
        or noun.lower_ in people().things
        or noun.lower_ in people().collective
    ):
        return None
    proper = noun.tag_ == "NNP" and noun.dep_ == "nsubjpass" and noun.ent_type_ in ("ORG", "GPE", "LOC", "FAC")
    if noun.ent_type_ and noun.ent_type_ != "PERSON" and not proper:
        return None  # a name that is killed is a person's, whatever its label
    determined = any(
        (child.tag_ == "DT" and child.lower_ in _ONE) or (known and child.lower_ == "the") for child in noun.children
    )
    if noun.tag_ == "NN" and not determined:
        return None
    start = min(
        (child.i for child in noun.children if behind < child.i < noun.i and child.dep_ in ("det", "amod", "compound")),
        default=noun.i,
    )
    groups.append(Group(start, noun.i + 1, noun.i, 1, 1, 1, None, False, named=noun.tag_ == "NNP"))
    return len(groups) - 1


def _claimed_by_next(doc: Doc, groups: list[Group], index: int, harms: list[Harm], position: int) -> bool:
    """True if the group stands right before the next word of harm that has no object: "killed, 30 wounded"."""
    group = groups[index]
    following = next((harm for harm in harms[position + 1 :] if harm.start >= group.end), None)
    if following is None or following.word.voice in ("noun", "lives"):
        return False
    if doc[harms[position].head].tag_ == "VBG" and any(other.start == following.last + 1 for other in groups):
        return False  # "killing 27 wounded another 96": each has its own object
    between = [doc[i] for i in range(group.end, following.start)]
    return (
        len(between) <= 2
        and all(token.lower_ in BE or token.tag_ in ("RB", "MD") for token in between)
        and (bool(between) or (not following.gap and doc[following.start].tag_ in ("VBN", "VBD", "JJ", "NN")))
    )


def _shared_object(doc: Doc, groups: list[Group], harm: Harm, harms: list[Harm], position: int, stop: int) -> list[int]:
    """ "killing and injuring 12": the object of the next verb, where only "and" or "or" stands between the two."""
    if position + 1 >= len(harms):
        return []
    following = harms[position + 1]
    between = [doc[i].lower_ for i in range(harm.last + 1, following.start)]
    if (
        following.word.voice != "transitive"
        or not between
        or not all(word in ("and", "or", "/", "and/or") for word in between)
    ):
        return []
    right = _right(doc, groups, following, stop)
    return [right] if right is not None else []


def _left(doc: Doc, sentence: Span, groups: list[Group], harm: Harm, consumed: set[int]) -> list[int]:
    """The subject of a passive, participle, state or intransitive verb, with what is coordinated with it."""
    of_things = _of_things(doc[harm.head])
    candidates = [
        index
        for index, group in enumerate(groups)
        if group.end <= harm.start and index not in consumed and group.head not in of_things
    ]
    adjacent = _adjacent(doc, groups, candidates, harm)
    by_grammar = _subject(doc, groups, doc[harm.head])
    if by_grammar is not None and groups[by_grammar].end > harm.start:
        by_grammar = None
    if (
        by_grammar is not None
        and adjacent is not None
        and groups[by_grammar].best is None
        and groups[by_grammar].low is None
    ):
        by_grammar = None  # an army or crowd gives no figure where another subject stands nearer
    dies = harm.word.kind == "killed" and (harm.word.voice == "intransitive" or doc[harm.head].tag_ == "RB")
    if by_grammar in consumed and not dies:
        by_grammar = None  # but "was shot and died", "was shot fatally": the same man
    elliptic = adjacent is not None and groups[adjacent].end == harm.start
    if adjacent is not None and groups[adjacent].counted and not elliptic:
        # "a gunman killed one and two others were wounded": a clause of its own
        opening = doc[groups[adjacent].start - 1].lower_ if groups[adjacent].start > sentence.start else ""
        elliptic = opening in ("and", ",", "while", ";", "but", "", "–", "—")
    if elliptic and (by_grammar is None or groups[adjacent or 0].counted):
        index = adjacent
    elif by_grammar is not None:
        index = by_grammar
    elif adjacent is not None:
        index = adjacent
    else:
        index = _nearest(doc, sentence, groups, candidates, harm)
    if index is None:
        return []
    back = [i for i in coordination(doc, groups, index, leftwards=True) if i not in consumed or i == index]
    forth = [
        i
        for i in coordination(doc, groups, index, leftwards=False)
        if i not in consumed and groups[i].end <= harm.start
    ]
    return sorted({*back, *forth, *_companions(doc, groups, harm)}, key=lambda i: groups[i].start)


def _of_things(verb: Token) -> frozenset[int]:
    """The tokens of a passive subject that is a thing: "the homes of two politicians were burned" hurts neither."""
    for child in verb.children:
        if child.dep_ == "nsubjpass" and child.lower_ in people().things:
            owners = [noun for _, noun in prepositional(child, frozenset({"of"}))]
            return frozenset(token.i for noun in owners for token in noun.subtree)
    return frozenset()


def _companions(doc: Doc, groups: list[Group], harm: Harm) -> list[int]:
    """ "was killed along with three other officers": the victims that stand behind the verb."""
    behind = [doc[i].lower_ for i in range(harm.last + 1, min(harm.last + 3, len(doc)))]
    if behind in (["along", "with"], ["together", "with"], ["alongside"]):
        return [index for index, group in enumerate(groups) if 0 <= group.start - harm.last - 3 <= 1]
    return []


def _adjacent(doc: Doc, groups: list[Group], candidates: list[int], harm: Harm) -> int | None:
    """The group that stands before the word with nothing but auxiliaries and adverbs between."""
    for index in reversed(candidates):
        between = [doc[i] for i in range(groups[index].end, harm.start)]
        if groups[index].best is None and groups[index].low is None and not groups[index].pronoun:
            continue
        if all(
            token.lower_ in BE
            or token.tag_ in ("RB", "MD")
            or token.lower_ in ("or", "either", "reported", "left", "found", "confirmed", "feared", "believed", "shot")
            for token in between
        ):
            return index
        return None
    return None


def _subject(doc: Doc, groups: list[Group], verb: Token) -> int | None:
    """The parser's subject: own, inherited from the verb this one is coordinated with, or the noun it modifies."""
    token = verb
    if verb.dep_ == "prep":  # "is in critical condition", "found two men with gunshot wounds"
        bearer = next((child for child in verb.head.children if child.dep_ == "dobj" and child.i < verb.i), verb.head)
        if bearer.i < verb.i and (found := containing(groups, bearer.i)) is not None:
            return found
        token = verb.head
    for _ in range(4):
        for child in token.children:
            if child.dep_ in _SUBJECTS and child.i < verb.i:
                if child.tag_ in ("WP", "WDT") and (clause := _relative(token)) is not None:
                    return containing(groups, clause.head.i)
                index = containing(groups, child.i)
                if index is None or (
                    groups[index].low is None and groups[index].best is None and not groups[index].pronoun
                ):
                    index = _inside_subject(doc, groups, child)
                if index is None:
                    index = containing(groups, child.i)
                return index if index is not None else _guess(doc, groups, child)
        if token.dep_ in ("acl", "relcl") and token.head.i < verb.i:
            return containing(groups, token.head.i)
        if (
            token.dep_ in ("conj", "acomp", "oprd", "xcomp", "attr", "advcl", "amod", "advmod")
            and token.head.i != token.i
            and token.head.i < verb.i
        ):
            token = token.head
            continue
        return None
    return None


def _relative(verb: Token) -> Token | None:
    """The relative clause that a verb is in, also behind "who police say": its verb."""
    while verb.dep_ in ("ccomp", "xcomp", "conj") and verb.head.i < verb.i:
        verb = verb.head
    return verb if verb.dep_ == "relcl" else None


def _inside_subject(doc: Doc, groups: list[Group], subject: Token) -> int | None:
    """The first group inside the subject's subtree, as in "a total of 12 people" or "the bodies of 12 men"."""
    if subject.lower_ in people().things:
        return None  # "the homes of two politicians were burned"
    for index, group in enumerate(groups):
        if subject.left_edge.i <= group.start and group.end <= subject.right_edge.i + 1 and group.counted:
            return index
    return None


def _nearest(doc: Doc, sentence: Span, groups: list[Group], candidates: list[int], harm: Harm) -> int | None:
    """The nearest group to the left that a number counts or that is no pronoun, inside the same clause."""
    for index in reversed(candidates):
        group = groups[index]
        between = [doc[i].lower_ for i in range(group.end, harm.start)]
        if len(between) > 15 or ";" in between or "by" in between[-8:]:
            return None
        if group.best is None and group.low is None:
            continue
        return index
    return None


_ANYBODY = frozenset({"people", "persons", "victims", "members", "individuals", "others"})


def _parts(doc: Doc, groups: list[Group], chosen: list[int], harm: Harm) -> list[int]:
    """Members of the coordination that only spell out the first: "three people, a soldier and two civilians"."""
    for whole in chosen:
        others = [index for index in chosen if index != whole]
        if (
            len(others) > 1
            and groups[whole].counted
            and (doc[groups[whole].head].lower_ in _ANYBODY or not doc[groups[whole].head].tag_.startswith("NN"))
            and sum(groups[index].value for index in others) == groups[whole].value
        ):
            return others  # "four men and three women, seven people in all"
    first, rest = groups[chosen[0]], chosen[1:]
    separated = first.end < len(doc) and doc[first.end].text in (",", ":", "—", "–", "-", "(")
    if not rest or not separated or not first.counted or first.value < 2:
        return []
    named = [groups[index] for index in rest]
    if sum(group.value for group in named) == first.value and (len(rest) > 1 or doc[first.end].text != ","):
        return rest
    bare = all(group.named or (group.counted and not doc[group.head].tag_.startswith("NN")) for group in named)
    return rest if bare and all(group.value < first.value for group in named) else []
