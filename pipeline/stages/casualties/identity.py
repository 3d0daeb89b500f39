"""Who is who among victims told of one by one: "a teenage boy … Ravi Das, 15, … where he later died" is one person.

A small coreference for single people, in text order. Each mention of one person joins the latest person whom nothing
sets apart from it (another name, age, sex or role), if its words point back (a name, a pronoun, "the boy", the same
age), or else is somebody new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipeline.people import people
from pipeline.records import CasualtyKind
from pipeline.stages.casualties.groups import REFLEXIVE, Group
from pipeline.syntax.grammar import clause_verb, subject

_PRONOUNS = frozenset("he him himself she her herself".split())
# How far back, in sentences, a pronoun looks for whom it stands for.
_REACH = 2
# How many people a reader keeps in mind; it also keeps long texts linear.
_REMEMBERED = 60
# The last sentence of a headline and lead, by number.
_LEAD = 1


@dataclass(frozen=True, slots=True)
class Person:
    """What the words say of one person.

    ``noun`` is the head noun; ``role`` is a noun that does not fit just anybody, as "man" and "victim" do.
    """

    names: tuple[str, ...]
    age: int | None
    sex: str | None
    role: str | None
    noun: str


def differs(first: Person, second: Person) -> bool:
    """True if names, ages, sexes or roles tell against two mentions being one person."""
    if first.names and second.names:
        return not _same_name(first.names, second.names)
    return _surely_differs(first, second) or _unequal(first.sex, second.sex) or _unequal(first.role, second.role)


def _surely_differs(first: Person, second: Person) -> bool:
    """True if names or ages do; sexes and roles are often read wrongly ("a French gendarme", "the policeman")."""
    if first.names and second.names:
        return not _same_name(first.names, second.names)
    return _unequal(first.age, second.age)


def _unequal(first: object, second: object) -> bool:
    return first is not None and second is not None and first != second


def _same_name(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """True for "Ana Ruiz" and "Ruiz", "Ana" or "Ana Maria Ruiz", not for "Ana Ruiz" and "Luis Ruiz"."""
    short, long = sorted((first, second), key=len)
    return set(short) <= set(long)


def _merged(first: Person, second: Person) -> Person:
    names = max(first.names, second.names, key=len)
    return Person(names, first.age or second.age, first.sex or second.sex, first.role or second.role, first.noun)


class Identities:
    """Who each mention of a single person is. Ids count from 0 in the order of first mention."""

    def __init__(self) -> None:
        self._persons: list[Person] = []
        self._harmed: list[set[CasualtyKind]] = []
        self._first: list[int] = []
        self._at: dict[int, int] = {}

    def of(self, group: Group) -> int | None:
        """The id of the person that a group is, ``None`` for a group that is not one person."""
        return self._at.get(group.start)

    def unlike(self, ids: Iterable[int]) -> frozenset[int]:
        """The ids of all people who by name or by age are none of these."""
        these = [self._persons[id_] for id_ in ids]
        return frozenset(
            i for i, other in enumerate(self._persons) if all(_surely_differs(other, one) for one in these)
        )

    def differing(self, ids: Iterable[int]) -> frozenset[int]:
        """The ids of all people who by name, age, sex or role are none of these."""
        these = [self._persons[id_] for id_ in ids]
        return frozenset(i for i, other in enumerate(self._persons) if all(differs(other, one) for one in these))

    def add(self, mention: Mention, person: Person, antecedent: Group | None, here: set[int]) -> None:
        """Take the next mention: one of somebody told of before, or of somebody new.

        Args:
            antecedent: whom a pronoun stands for.
            here: people whom its own sentence told of before it; only a name or a pronoun means one of them.
        """
        group = mention.group
        id_ = self._at.get(group.start)
        if id_ is None and antecedent is not None:
            id_ = self._at.get(antecedent.start)
        if id_ is None and not group.more:
            id_ = self._meant(mention, person, here)
        if id_ is None:
            id_ = len(self._persons)
            self._persons.append(person)
            self._harmed.append(set())
            self._first.append(mention.sentence)
        else:
            self._persons[id_] = _merged(self._persons[id_], person)
        self._harmed[id_].add(mention.kind)
        self._at[group.start] = id_
        here.add(id_)

    def _meant(self, mention: Mention, person: Person, here: set[int]) -> int | None:
        """The one whom the words mean: by name, by age, or the only one whom they can point back to."""
        lately = range(max(0, len(self._persons) - _REMEMBERED), len(self._persons))
        fitting = [i for i in lately if not differs(self._persons[i], person)]
        for marked in (
            [i for i in fitting if person.names and self._persons[i].names],
            [i for i in fitting if i not in here and _same_age(self._persons[i], person)],
            [i for i in fitting if i not in here and self._is_told_again(i, mention, person)],
        ):
            if marked:
                return marked[-1]
        if not mention.back:
            return None
        if not mention.group.pronoun:
            fitting = [i for i in fitting if i not in here]
        # a name may be anybody's, but not that of "his wife"; "the driver" is nobody whom only a name was given to
        fitting = [
            i for i in fitting if person.role == self._persons[i].role or not (person.names or self._persons[i].names)
        ]
        alike = [i for i in fitting if mention.kind in self._harmed[i]]
        chosen = alike or fitting
        return chosen[0] if len(chosen) == 1 else None

    def _is_told_again(self, id_: int, mention: Mention, person: Person) -> bool:
        """True for "a man" of the lead, told of again in the same words."""
        known = self._persons[id_]
        return self._first[id_] <= _LEAD < mention.sentence and known.noun == person.noun and not person.names


@dataclass(frozen=True, slots=True)
class Mention:
    """A group that came to harm. ``back``: its words point back to somebody told of before."""

    sentence: int
    group: Group
    kind: CasualtyKind
    back: bool


def identify(
    doc: Doc, mentions: Iterable[tuple[int, Group, CasualtyKind]], told: Callable[[int], Sequence[Group]]
) -> Identities:
    """Find out who is who.

    Args:
        mentions: the groups to identify, with the numbers of their sentences and the harm that they came to; groups of
            several people are passed over.
        told: the groups of a sentence by its number, among whom pronouns find whom they stand for.
    """
    found = Identities()
    here: dict[int, set[int]] = {}
    for sentence, group, kind in sorted(mentions, key=lambda item: item[1].start):
        if (group.low, group.best, group.high) != (1, 1, 1):
            continue
        if group.pronoun and doc[group.head].lower_ not in _PRONOUNS:
            continue
        person, antecedent = describe_person(doc, group), None
        if group.pronoun:
            before = [other for number in range(max(0, sentence - _REACH), sentence + 1) for other in told(number)]
            if doc[group.head].lower_ in REFLEXIVE:
                antecedent = _doer(doc, group, before)
            else:
                antecedent = _antecedent(doc, group, person, before)
            person = person if antecedent is None else _merged(describe_person(doc, antecedent), person)
        # "his wife" is not the man just told of
        back = not group.included and (
            (group.pronoun and (antecedent is not None or doc[group.head].lower_ not in REFLEXIVE))
            or bool(person.names)
            or doc[group.start].lower_ in ("the", "this", "that")
        )
        found.add(Mention(sentence, group, kind, back), person, antecedent, here.setdefault(sentence, set()))
    return found


def _doer(doc: Doc, reflexive: Group, before: Sequence[Group]) -> Group | None:
    """Whom "himself" stands for: the subject of its verb."""
    found = subject(clause_verb(doc[reflexive.head].head))
    if found is None:
        return None
    return next((group for group in before if group.start <= found[0].i < group.end and group.best == 1), None)


def _antecedent(doc: Doc, pronoun: Group, person: Person, before: Sequence[Group]) -> Group | None:
    """Whom a pronoun stands for: the nearest one person before it whom its sex fits."""
    for group in sorted(before, key=lambda item: -item.start):
        if group.start >= pronoun.start or group.best != 1 or group.pronoun or not _is_somebody(doc, group):
            continue
        if not _unequal(describe_person(doc, group).sex, person.sex):
            return group
    return None


def _same_age(first: Person, second: Person) -> bool:
    return first.age is not None and first.age == second.age and not _unequal(first.sex, second.sex)


_SAYING = frozenset("said says say told tells added according".split())


def _is_somebody(doc: Doc, group: Group) -> bool:
    """True for people whom the text tells of; not for whoever tells it."""
    head = doc[group.head]
    if head.dep_ == "nsubj" and head.head.lower_ in _SAYING:
        return False
    return group.named or people().is_person(doc[group.head].lower_) or doc[group.head].lower_ == "old"


def describe_person(doc: Doc, group: Group) -> Person:
    """What the words of a group of one person say of that person, the age behind a name included."""
    words = [doc[i] for i in range(group.start, group.end)]
    lexicon = people()
    head = doc[group.head].lower_
    names = tuple(
        token.lower_
        for token in words
        if group.named and token.ent_type_ == "PERSON" and not lexicon.is_person(token.lower_) and len(token) > 2
    )
    sexes = {lexicon.sex[token.lower_] for token in words if token.lower_ in lexicon.sex and token.tag_ != "PRP$"}
    nouns = [head, *(token.lower_ for token in reversed(words))] if not group.named else [t.lower_ for t in words]
    role = next((noun for noun in nouns if lexicon.is_person(noun) and noun not in lexicon.anybody), None)
    return Person(names, _age(doc, words, group.end), sexes.pop() if len(sexes) == 1 else None, role, head)


def _age(doc: Doc, words: Sequence[Token], end: int) -> int | None:
    """The age in "a 14-year-old boy" or behind a name: "Ana Ruiz, 34,"."""
    for token in words:
        if token.text.isdigit() and any(other.lower_ == "old" for other in words):
            return int(token.text)
    behind = doc[end : end + 2]
    if len(behind) == 2 and behind[0].text in (",", "(") and behind[1].text.isdigit() and len(behind[1]) < 3:
        return int(behind[1].text)
    return None
