"""Groups of people in a sentence: who could be a victim, and how many they are.

A :class:`Group` is a noun phrase for people with its count: "at least 12 soldiers", "a woman", "five others",
"dozens of villagers", or a number that stands alone ("killing 12"). Things ("12 tanks") and measures make no group.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from operator import attrgetter

from spacy.tokens import Doc, Span, Token

from pipeline.numbers import Quantity, bare_plural, opens_bound
from pipeline.people import people

_MORE = frozenset({"another", "other", "others", "more", "further", "additional"})

_DETERMINERS = frozenset(
    {"a", "an", "one", "another", "the", "this", "that", "each", "every", "his", "her", "their", "its"}
)

_SIZED = {"couple": 2, "pair": 2, "duo": 2, "trio": 3}

_OPEN_PLURAL = frozenset({"the", "these", "those", "his", "her", "their", "its", "all", "any"})

_ORDINALS = {
    word: number for number, word in enumerate("second third fourth fifth sixth seventh eighth ninth tenth".split(), 2)
}

_INCLUDING = frozenset({"incl.", "incl", "including", "includes", "included", "include", "mostly", "mainly"})


@dataclass(frozen=True, slots=True)
class Group:
    """People at tokens ``[start, end)``; ``head`` is the head noun's token, or the number's where it stands alone.

    ``more``: the words add to a figure given before ("three others"). ``counted``: a number says how many, rather than
    grammar ("a woman" is 1 by grammar; "soldiers" is a bare plural). ``of_known``: part of a set named before ("two of
    the victims", "three of them"); ``of_hurt``: part of the wounded. ``figure``: token bounds of the words that give
    the count, where a number does. ``included``: part of what was just said ("12 people, including 3 children").
    ``ordinal``: 5 for "a fifth victim".
    """

    start: int
    end: int
    head: int
    low: int | None
    best: int | None
    high: int | None
    qualifier: str | None
    counted: bool
    more: bool = False
    of_known: bool = False
    of_hurt: bool = False
    vague: bool = False
    named: bool = False
    pronoun: bool = False
    figure: tuple[int, int] | None = None
    included: bool = False
    ordinal: int | None = None

    @property
    def value(self) -> int:
        return next((value for value in (self.best, self.low, self.high) if value is not None), 0)


def read_groups(sentence: Span, quantities: list[Quantity]) -> list[Group]:
    """All groups of people in a sentence, in order, not overlapping.

    Args:
        quantities: those of the whole document, as :func:`pipeline.numbers.read_quantities` gives them.
    """
    doc = sentence.doc
    groups: list[Group] = []
    taken = sentence.start
    first, behind = (bisect_left(quantities, at, key=attrgetter("start")) for at in (sentence.start, sentence.end))
    inside = {quantity.start: quantity for quantity in quantities[first:behind]}
    position = sentence.start
    while position < sentence.end:
        group = None
        if position in inside:
            quantity = inside[position]
            group = _counted(doc, quantity, sentence.end)
            if group is None:
                position = quantity.end
                continue
            group = replace(_bounded_behind(doc, group, sentence.end), figure=(group.start, quantity.end))
            if group.start > sentence.start and doc[group.start - 1].tag_ == "PRP$":
                group = replace(group, start=group.start - 1)  # "her two sons"
        else:
            group = _uncounted(doc, position, taken, sentence.end, inside)
        if group is None:
            position += 1
            continue
        if _is_size(doc, group, sentence):
            position = taken = max(group.end, position + 1)
            continue
        if _is_included(doc, group.start, sentence.start) or _among_them(doc, group.end, sentence.end):
            group = replace(group, included=True, of_known=True)
        groups.append(group)
        position = taken = max(group.end, position + 1)
    return groups


def _bounded_behind(doc: Doc, group: Group, stop: int) -> Group:
    """The group with its bound opened by what stands behind its noun: "15 people, if not more"."""
    begin = group.end + (group.end < stop and doc[group.end].text == ",")
    behind = [doc[i].lower_ for i in range(begin, min(begin + 3, stop))]
    if group.qualifier is not None or group.vague or not opens_bound(behind):
        return group
    if any(token.tag_ == "CD" for token in doc[begin : min(begin + 4, stop)]):
        return group  # "14 people, at least five of them civilians"
    return replace(group, high=None, qualifier=" ".join(behind))


def _is_size(doc: Doc, group: Group, sentence: Span) -> bool:
    """True for what a toll is a part of: "of the estimated 500 fighters, 300 were killed", "out of 40, 12 died"."""
    first = sentence.start
    while first < group.start and doc[first].is_space:
        first += 1
    opening = [doc[i].lower_ for i in range(first, group.start)]
    if not group.counted or opening[:1] not in (["of"], ["among"], ["out"]) or len(opening) > 4:
        return False
    behind = [doc[i] for i in range(group.end, sentence.end)]
    comma = next((token.i for token in behind if token.text == ","), None)
    return comma is not None and any(token.tag_ == "CD" for token in behind if token.i > comma)


def _is_included(doc: Doc, start: int, floor: int) -> bool:
    """True behind "including", "among them", "of whom" and the like."""
    before = [doc[i].lower_ for i in range(max(floor, start - 3), start)]
    if not before:
        return False
    if before[-1] == "." and before[-2:-1] == ["incl"]:
        return True
    if before[-1] in _INCLUDING or (before[-2:] and before[-2:] == ["among", "them"]):
        return True
    return before[-2:] in (["of", "whom"], ["of", "them"], ["among", "whom"])


def _among_them(doc: Doc, end: int, stop: int) -> bool:
    """True before "among them": "22 people, at least five children among them"."""
    return end + 1 < stop and doc[end].lower_ == "among" and doc[end + 1].lower_ in ("them", "the")


def _noun_end(doc: Doc, start: int, stop: int) -> tuple[int, int] | None:
    """Head noun and end of the noun run that begins at ``start`` (adjectives, nouns, names): ``None`` if no noun."""
    lexicon = people()
    head = None
    position = start
    while position < stop:
        token = doc[position]
        word = token.lower_
        if token.tag_.startswith("NN"):
            if word in ("die", "dies", "hurt") and head is None:
                break  # "nine die", "4 hurt" in a headline, tagged as nouns
            if token.ent_type_ in ("DATE", "TIME") and head is not None:
                break
            # The run ends at a plural noun for people: "two soldiers Monday", "six people dead".
            head = position
            position += 1
            following = doc[position] if position < stop else None
            if word in lexicon.plural and following is not None:
                if not following.tag_.startswith("NN") or following.lower_ in (
                    "hostage",
                    "captive",
                    "prisoner",
                    "hurt",
                ):
                    break
            continue
        if (
            word in ("and", "/")
            and head is not None
            and not lexicon.is_person(doc[head].lower_)
            and _person_ahead(doc, position + 1, stop)
        ):
            position += 1  # "four army and police officers"
            continue
        if token.tag_ in ("JJ", "JJR", "JJS", "VBN", "VBG", "CD", "HYPH", "POS", "RB", "VBD") or word in (
            "-",
            "–",
            "'s",
            "’s",
        ):
            if head is not None and token.tag_ not in ("POS", "HYPH") and word not in ("-", "–"):
                break
            if word in _STATE_WORDS and head is None and not _noun_follows(doc, position + 1, stop):
                break
            if token.tag_ == "VBD" and head is None and not _noun_follows(doc, position + 1, stop):
                break
            position += 1
            continue
        break
    return None if head is None else (head, head + 1)


def _person_ahead(doc: Doc, position: int, stop: int) -> bool:
    """True if a run of modifiers leads to a plural noun for people within three words."""
    lexicon = people()
    for index in range(position, min(position + 3, stop)):
        if doc[index].lower_ in lexicon.plural or doc[index].lower_ in lexicon.countable:
            return True
        if not doc[index].tag_.startswith(("NN", "JJ")):
            return False
    return False


_STATE_WORDS = frozenset(
    "dead killed injured wounded hurt missing slain kidnapped abducted captured displaced homeless arrested".split()
)


def _noun_follows(doc: Doc, position: int, stop: int) -> bool:
    """True if a noun for people follows directly, adjectives apart."""
    lexicon = people()
    while (
        position < stop
        and doc[position].tag_ in ("JJ", "VBN", "NN", "NNP")
        and doc[position].lower_ not in lexicon.plural
    ):
        if doc[position].lower_ in lexicon.singular:
            return True
        position += 1
    return position < stop and (
        doc[position].lower_ in lexicon.plural
        or (doc[position].tag_ == "NNS" and doc[position].lower_ not in lexicon.things)
    )


def _counted(doc: Doc, quantity: Quantity, stop: int) -> Group | None:
    """The people that a number counts; ``None`` where it counts things."""
    start, position = quantity.start, quantity.end
    more = start > 0 and doc[start - 1].lower_ in ("another", "further", "additional", "extra")
    if more:
        start -= 2 if start > 1 and doc[start - 2].lower_ == "a" else 1
    group = Group(
        start,
        position,
        quantity.number_end - 1,
        quantity.low,
        quantity.best,
        quantity.high,
        quantity.qualifier,
        counted=True,
        more=more,
        vague=quantity.vague,
    )
    while position < stop and doc[position].lower_ in _MORE - {"another"}:  # "three more", "five others"
        if position + 1 < stop and doc[position + 1].lower_ == "than":
            break
        group = replace(group, more=True, end=position + 1)
        position += 1
        if doc[position - 1].lower_ == "others":
            return replace(group, head=position - 1)
    if position + 1 < stop and doc[position].lower_ == "of":
        group, position = _partitive(doc, group, position + 1, stop)
        if position < stop and doc[position].tag_ in ("PRP", "WP", "WDT"):
            return replace(group, end=position + 1, head=position, of_known=True)
    aged = _age_end(doc, position, stop)
    if aged is not None:
        return replace(group, end=aged, head=aged - 1)
    run = _noun_end(doc, position, stop)
    if run is None:
        if doc[quantity.number_end - 1].lower_ == "one" and quantity.best == 1 and not _alone(doc, position, stop):
            return None
        return replace(group, end=max(position, quantity.end))
    head, end = run
    return replace(group, end=end, head=head) if _counts_people(doc[head], group) else None


def _partitive(doc: Doc, group: Group, position: int, stop: int) -> tuple[Group, int]:
    """What "of" says of a number: "two of them" is a part of a known set, "one of the wounded" of the wounded."""
    following = doc[position + 1].lower_ if position + 1 < stop else ""
    hurt = following in ("wounded", "injured", "hurt")
    group = replace(group, of_hurt=hurt, of_known=not hurt and not group.more and doc[position].lower_ in _KNOWN_SET)
    while position < stop and doc[position].tag_ in ("DT", "PRP$", "PDT"):
        position += 1
    return group, position


_KNOWN_SET = frozenset("the them whom those these its their his her which".split())


def _counts_people(head: Token, group: Group) -> bool:
    """True for nouns for people, and for unknown ones that nothing shows to be things."""
    lexicon = people()
    word = head.lower_
    if word in lexicon.plural:
        return True
    if word in lexicon.things:
        return False
    one = group.value == 1
    if not lexicon.is_person(word):
        # an unknown singular behind a plural number counts no people
        if (head.tag_ == "NN" and not one) or head.ent_type_ in _THINGS:
            return False
    if word in lexicon.collective and word not in lexicon.countable and one:
        return False
    return not (head.tag_ == "NNS" and word.endswith("s") and one and group.best == 1 and not group.of_known)


_THINGS = frozenset("GPE LOC FAC MONEY PERCENT QUANTITY DATE TIME WEAPON VEHICLE".split())

_BEHIND_ONE = frozenset(". , CC IN VBD VBN VBZ VBP MD JJ RB TO : -RRB- VBG NNP _SP".split())


def _alone(doc: Doc, position: int, stop: int) -> bool:
    """True if "one" stands for a person ("killing one and wounding eight"), not for "one of the" or a pronoun."""
    return position >= stop or doc[position].tag_ in _BEHIND_ONE


def _uncounted(doc: Doc, position: int, floor: int, stop: int, quantities: dict[int, Quantity]) -> Group | None:
    """A group whose count is grammar's: "a woman" is one, "soldiers" a bare plural, a person's name is one."""
    token = doc[position]
    word = token.lower_
    if word == "old":
        return _aged(doc, position, floor, stop)
    if token.tag_ in ("PRP", "WP", "WDT") or word in ("others", "other", "another", "both"):
        return _pronoun(doc, position, word)
    nth = word in _ORDINALS and position > 0 and doc[position - 1].lower_ == "a"
    if nth and token.tag_ == "JJ" and position + 1 < stop and doc[position + 1].tag_.startswith(("NN", "JJ", "HYPH")):
        return None
    if not (nth or token.tag_.startswith("NN")) or not word[0].isalnum():
        return None
    if nth:
        one_more = Group(position - 1, position + 1, position, 1, 1, 1, None, counted=False, more=True)
        return replace(one_more, ordinal=_ORDINALS[word])  # "a third died later"
    if word in _BODY_PARTS and not (position + 1 < stop and doc[position + 1].lower_ == "of"):
        return None
    if token.ent_type_ == "PERSON":
        return _named(doc, position, floor, stop)
    if not people().is_person(word) or not _heads_phrase(doc, position, stop):
        return None
    start = _left_edge(doc, position, floor)
    first = doc[start].lower_
    if word in _SIZED and first in ("a", "an", "the", "one", "another"):
        count = _SIZED[word]
        return Group(start, position + 1, position, count, count, count, None, counted=False, more=first == "another")
    if word in people().collective:
        return _collective(doc, start, position, stop, quantities)
    if word in people().plural and not (token.tag_ in ("NN", "NNP") and word in people().singular):
        low, best, high = bare_plural()
        if first in _OPEN_PLURAL:
            low = best = None
        return Group(start, position + 1, position, low, best, high, None, False, more=first == "other", vague=True)
    ordinal = next((_ORDINALS[doc[i].lower_] for i in range(start, position) if doc[i].lower_ in _ORDINALS), None)
    # "a second officer died" is one more, "the third official killed this month" is the one that was just told of
    known = ordinal is not None and first == "the"
    more = (ordinal is not None and not known) or first == "another"
    return Group(
        start, position + 1, position, 1, 1, 1, None, counted=False, more=more, of_known=known, ordinal=ordinal
    )


# People where a number counts them ("12 bodies"), by themselves none ("a wound to the head"), but for "the head of".
_BODY_PARTS = frozenset({"head", "body", "life", "lives", "bodies", "heads"})


def _aged(doc: Doc, position: int, floor: int, stop: int) -> Group | None:
    """A person named by an age alone: "a 9-month-old died", "a 16-year old"."""
    start = position - 1
    while start > floor and doc[start].text in ("-", "–"):
        start -= 1
    if position + 1 >= stop or start < floor or doc[start].lower_.split("-")[-1] not in _AGE_UNITS:
        return None
    if doc[position + 1].tag_.startswith(("NN", "JJ", "HYPH")):
        return None
    while start > floor and (doc[start - 1].text in ("-", "–") or doc[start - 1].tag_ in ("CD", "DT", "PRP$")):
        start -= 1
    return Group(start, position + 1, position, 1, 1, 1, None, counted=False)


_AGE_UNITS = frozenset({"year", "month", "week", "day"})


def _age_end(doc: Doc, position: int, stop: int) -> int | None:
    """End of an age that stands for a person and that no noun follows: "one 16 year old", "two 17-year-olds"."""
    if position >= stop or not doc[position].lower_[0].isdigit():
        return None
    for index in range(position, min(position + 6, stop)):
        if doc[index].lower_ in ("old", "olds") or doc[index].lower_.endswith(("-old", "-olds")):
            noun = index + 1 < stop and doc[index + 1].tag_.startswith("NN")
            return None if noun and people().is_person(doc[index + 1].lower_) else index + 1
        if doc[index].lower_ not in _AGE_UNITS and doc[index].text not in ("-", "–") and index > position:
            break
    return None


def _named(doc: Doc, position: int, floor: int, stop: int) -> Group | None:
    """A person by name, title included; a name in the genitive heads no phrase."""
    end = position + 1
    while end < stop and doc[end].ent_type_ == "PERSON" and doc[end].ent_iob_ == "I":
        end += 1
    if end < stop and doc[end].tag_ == "POS":
        return None
    return Group(_left_edge(doc, position, floor), end, end - 1, 1, 1, 1, None, counted=False, named=True)


def _heads_phrase(doc: Doc, position: int, stop: int) -> bool:
    """False for a noun that only modifies what follows: "soldier's home", "police officers", "mayor Ana Ruiz"."""
    if position + 1 >= stop:
        return True
    token, following = doc[position], doc[position + 1]
    if following.tag_ == "POS" or following.ent_type_ == "PERSON":
        return False
    noun = following.tag_.startswith("NN")
    return not (noun and (people().is_person(following.lower_) or token.dep_ in ("compound", "nmod")))


def _collective(doc: Doc, start: int, position: int, stop: int, quantities: dict[int, Quantity]) -> Group:
    """A group noun: with its size where the text gives it ("a family of five"), else of unknown number."""
    size = quantities.get(position + 2) if position + 1 < stop and doc[position + 1].lower_ == "of" else None
    if size is not None:
        members = _counted(doc, size, stop)
        if members is not None:
            return replace(members, start=start, figure=(size.start, size.end))
    count = bare_plural() if doc[position].lower_ == "personnel" else (None, None, None)
    return Group(start, position + 1, position, *count, None, counted=False, vague=True)


def _pronoun(doc: Doc, position: int, word: str) -> Group | None:
    following = doc[position + 1] if position + 1 < len(doc) else None
    one = Group(position, position + 1, position, 1, 1, 1, None, counted=False, pronoun=True)
    if word in ("them", "they") and following is not None and following.lower_ == "both":
        return replace(one, end=position + 2, low=2, best=2, high=2, counted=True)
    if word == "both":
        alone = following is None or not following.tag_.startswith(("NN", "JJ"))
        return replace(one, low=2, best=2, high=2, counted=True) if alone else None
    if word in ("another", "other"):
        noun = following is not None and following.tag_.startswith(("NN", "JJ", "CD"))
        modifies = noun and following is not None and not following.lower_.endswith("ed")
        return None if modifies else replace(one, more=True)
    low, best, high = bare_plural() if word == "others" else (None, None, None)
    several = replace(one, low=low, best=best, high=high, vague=True)
    if word == "others":
        return replace(several, more=True)
    if word not in people().pronouns or word in ("it", "its"):
        return None
    return one if word in ("he", "him", "she", "her", "himself", "herself") else several


def _left_edge(doc: Doc, position: int, floor: int) -> int:
    """First token of the noun phrase whose head stands at ``position``."""
    start = position
    while start > floor:
        token: Token = doc[start - 1]
        if token.tag_ in ("JJ", "JJS", "JJR", "NN", "NNP", "NNS", "NNPS", "HYPH", "CD", "VBN", "VBG") and (
            token.ent_type_ not in ("DATE", "TIME") or _is_age(doc, start - 1)
        ):
            if (
                token.tag_ in ("NNS", "NN")
                and people().is_person(token.lower_)
                and token.dep_ not in ("compound", "nmod", "amod")
            ):
                break
            if token.tag_ in ("VBN", "VBG") and token.dep_ not in ("amod", "compound"):
                break
            start -= 1
            continue
        if token.tag_ in ("DT", "PRP$", "PDT"):
            start -= 1
        break
    return start


def _is_age(doc: Doc, token: int) -> bool:
    """True inside "26-year-old"."""
    return any(doc[i].lower_ == "old" for i in range(token, min(token + 5, len(doc))))


REFLEXIVE = frozenset({"himself", "herself", "themselves"})
