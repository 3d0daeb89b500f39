"""Groups of people in a sentence: who could be a victim, and how many they are.

A :class:`Group` is a noun phrase for people with its count: "at least 12 soldiers", "a woman", "five others",
"dozens of villagers", or a number that stands alone ("killing 12"). Things ("12 tanks") and measures make no group.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from pipeline.numbers import Quantity, bare_plural
from pipeline.people import people

_MORE = frozenset({"another", "other", "others", "more", "further", "additional"})
_DETERMINERS = frozenset(
    {"a", "an", "one", "another", "the", "this", "that", "each", "every", "his", "her", "their", "its"}
)
_SIZED = {"couple": 2, "pair": 2, "duo": 2, "trio": 3}
_OPEN_PLURAL = frozenset({"the", "these", "those", "his", "her", "their", "its", "all", "any"})
_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
_INCLUDING = frozenset({"incl.", "incl", "including", "includes", "included", "include", "mostly", "mainly"})
# Between two groups of one coordination: "12 soldiers and 4 civilians".
_JOINERS = frozenset(
    {",", "and", "&", "or", "plus", ", and", ", or", "as well as", ", as well as", "along with", ", along with", "together with",
     ", together with", "and also", "and another", ", plus", "both", "alongside"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """People at tokens ``[start, end)``; ``head`` is the head noun's token, or the number's where it stands alone.

    ``more``: the words add to a figure given before ("three others"). ``counted``: a number says how many, rather than
    grammar ("a woman" is 1 by grammar; "soldiers" is a bare plural). ``of_known``: part of a set named before ("two of
    the victims", "three of them"). ``figure``: token bounds of the words that give the count, where a number does.
    ``included``: part of what was just said ("12 people, including 3 children").
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
    vague: bool = False
    named: bool = False
    pronoun: bool = False
    figure: tuple[int, int] | None = None
    included: bool = False

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
    inside = {q.start: q for q in quantities if sentence.start <= q.start < sentence.end}
    position = sentence.start
    while position < sentence.end:
        group = None
        if position in inside:
            quantity = inside[position]
            group = _counted(doc, quantity, sentence.end)
            if group is None:
                position = quantity.end
                continue
            group = replace(group, figure=(group.start, quantity.end))
            if group.start > sentence.start and doc[group.start - 1].tag_ == "PRP$":
                group = replace(group, start=group.start - 1)  # "her two sons"
        else:
            group = _uncounted(doc, position, taken, sentence.end, inside)
        if group is None:
            position += 1
            continue
        if _is_included(doc, group.start, sentence.start) or _among_them(doc, group.end, sentence.end):
            group = replace(group, included=True, of_known=True)
        groups.append(group)
        position = taken = max(group.end, position + 1)
    return groups


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
            if token.tag_ in ("VBD",) and head is None and not _noun_follows(doc, position + 1, stop):
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
        or (doc[position].tag_ == "NNS"
        and doc[position].lower_ not in lexicon.things)
    )


def _counted(doc: Doc, quantity: Quantity, stop: int) -> Group | None:
    lexicon = people()
    start, position = quantity.start, quantity.end
    more = start > 0 and doc[start - 1].lower_ in ("another", "further", "additional", "extra")
    if more:
        start -= 1
        if start > 0 and doc[start - 1].lower_ == "a":
            start -= 1
    of_known = False
    count = (quantity.low, quantity.best, quantity.high)
    # "three more", "two other soldiers", "five others"
    while position < stop and doc[position].lower_ in ("more", "other", "others", "further", "additional"):
        word = doc[position].lower_
        if word in ("more", "further") and position + 1 < stop and doc[position + 1].lower_ == "than":
            break
        more = True
        position += 1
        if word == "others":
            return Group(
                start, position, position - 1, *count, quantity.qualifier, True, more=True, vague=quantity.vague
            )
    if position < stop and doc[position].lower_ == "of" and position + 1 < stop:
        of_wounded = position + 2 < stop and doc[position + 2].lower_ in ("wounded", "injured", "hurt", "victims")
        more = more or (of_wounded and doc[position + 2].lower_ != "victims")  # "one of the wounded died": one more
        of_known = not more and doc[position + 1].lower_ in (
            "the",
            "them",
            "whom",
            "those",
            "these",
            "its",
            "their",
            "his",
            "her",
            "which",
        )
        position += 1
        while position < stop and doc[position].tag_ in ("DT", "PRP$", "PDT"):
            position += 1
        if position < stop and doc[position].tag_ in ("PRP", "WP", "WDT"):
            return Group(start, position + 1, position, *count, quantity.qualifier, True, more, True, quantity.vague)
    run = _noun_end(doc, position, stop)
    if run is None:
        last = doc[quantity.number_end - 1]
        if last.lower_ in ("one",) and quantity.best == 1 and not _alone(doc, position, stop):
            return None
        head = quantity.number_end - 1
        return Group(
            start, max(position, quantity.end), head, *count, quantity.qualifier, True, more, of_known, quantity.vague
        )
    head, end = run
    word = doc[head].lower_
    if word in lexicon.things and word not in lexicon.plural:
        return None
    if not lexicon.is_person(word):
        # Unknown nouns count as people if nothing says that they are things; a singular after a plural number does not.
        if doc[head].tag_ == "NN" and quantity.value != 1:
            return None
        if doc[head].ent_type_ in (
            "GPE",
            "LOC",
            "FAC",
            "MONEY",
            "PERCENT",
            "QUANTITY",
            "DATE",
            "TIME",
            "WEAPON",
            "VEHICLE",
        ):
            return None
    if (
        word in lexicon.collective
        and word not in lexicon.plural
        and word not in lexicon.countable
        and quantity.value == 1
    ):
        return None
    if (
        doc[head].tag_ in ("NNS",)
        and word.endswith("s")
        and quantity.value == 1
        and quantity.best == 1
        and not of_known
        and word not in lexicon.plural
    ):
        return None
    return Group(start, end, head, *count, quantity.qualifier, True, more, of_known, quantity.vague)


def _alone(doc: Doc, position: int, stop: int) -> bool:
    """True if "one" stands for a person ("killing one and wounding eight"), not for "one of the" or a pronoun."""
    return position >= stop or doc[position].tag_ in (
        ".",
        ",",
        "CC",
        "IN",
        "VBD",
        "VBN",
        "VBZ",
        "VBP",
        "MD",
        "JJ",
        "RB",
        "TO",
        ":",
        "-RRB-",
        "VBG",
        "NNP",
        "_SP",
    )


def _uncounted(doc: Doc, position: int, floor: int, stop: int, quantities: dict[int, Quantity]) -> Group | None:
    """A group whose count is grammar's: "a woman" is one, "soldiers" a bare plural, a person's name is one."""
    lexicon = people()
    token = doc[position]
    word = token.lower_
    if word == "old" and position >= 4 and doc[position - 2].lower_ in ("year", "month", "week", "day"):
        following = doc[position + 1] if position + 1 < stop else None
        if following is not None and not following.tag_.startswith(("NN", "JJ", "HYPH")):
            start = max(position - 4, floor)  # "a 9-month-old died"
            start -= int(start > floor and doc[start - 1].tag_ in ("DT", "PRP$"))
            return Group(start, position + 1, position, 1, 1, 1, None, False)
    if token.tag_ in ("PRP", "WP", "WDT") or word in ("others", "other", "another", "both"):
        return _pronoun(doc, position, word)
    if not token.tag_.startswith("NN"):
        return None
    if token.ent_type_ == "PERSON":
        end = position + 1
        while end < stop and doc[end].ent_type_ == "PERSON" and doc[end].ent_iob_ == "I":
            end += 1
        if end < stop and doc[end].tag_ == "POS":
            return None
        return Group(_left_edge(doc, position, floor), end, end - 1, 1, 1, 1, None, False, named=True)
    if not lexicon.is_person(word):
        return None
    following = doc[position + 1] if position + 1 < stop else None
    if following is not None and (
        following.tag_ == "POS" or (following.tag_.startswith("NN") and lexicon.is_person(following.lower_))
    ):
        return None  # "soldier's home", "police officers": not the head
    if (
        token.dep_ in ("compound", "nmod")
        and following is not None
        and following.tag_.startswith("NN")
        and following.ent_type_ != "PERSON"
    ):
        return None
    start = _left_edge(doc, position, floor)
    first = doc[start].lower_
    words = [doc[i].lower_ for i in range(start, position)]
    if following is not None and following.ent_type_ == "PERSON" and following.tag_ != "POS":
        return None  # a title: the name that follows is the group
    ordinal = any(w in _ORDINALS for w in words)
    if word in _SIZED and first in ("a", "an", "the", "one", "another"):
        count = _SIZED[word]
        return Group(start, position + 1, position, count, count, count, None, False, more=first == "another")
    if word in lexicon.collective and position + 2 < stop and doc[position + 1].lower_ == "of":
        size = quantities.get(position + 2)
        if size is not None:  # "a family of five", "a group of 17 recruits"
            return replace(_counted(doc, size, stop) or _alone_number(size), start=start, figure=(size.start, size.end))
    if word in lexicon.collective:
        return (
            Group(start, position + 1, position, None, None, None, None, False, vague=True)
            if word != "personnel"
            else Group(start, position + 1, position, *bare_plural(), None, False, vague=True)
        )
    if (token.tag_ in ("NN", "NNP") and word in lexicon.singular) or word not in lexicon.plural:
        if word == "other":
            return None
        return Group(
            start, position + 1, position, 1, 1, 1, None, False, more=ordinal or first == "another", vague=False
        )
    low, best, high = bare_plural()
    if first in _OPEN_PLURAL:
        low, best = None, None
    return Group(start, position + 1, position, low, best, high, None, False, more=first == "other", vague=True)


def _alone_number(quantity: Quantity) -> Group:
    count = (quantity.low, quantity.best, quantity.high)
    return Group(
        quantity.start, quantity.end, quantity.number_end - 1, *count, quantity.qualifier, True, vague=quantity.vague
    )


def _pronoun(doc: Doc, position: int, word: str) -> Group | None:
    if word in ("them", "they") and position + 1 < len(doc) and doc[position + 1].lower_ == "both":
        return Group(position, position + 2, position, 2, 2, 2, None, True, pronoun=True)
    if word == "both" and position + 1 < len(doc) and not doc[position + 1].tag_.startswith(("NN", "JJ")):
        return Group(position, position + 1, position, 2, 2, 2, None, True, pronoun=True)
    if word in ("another", "other"):
        following = doc[position + 1] if position + 1 < len(doc) else None
        if (
            following is not None
            and following.tag_.startswith(("NN", "JJ", "CD"))
            and not following.lower_.endswith("ed")
        ):
            return None
        return Group(position, position + 1, position, 1, 1, 1, None, False, more=True, pronoun=True)
    if word == "others":
        return Group(position, position + 1, position, *bare_plural(), None, False, more=True, vague=True, pronoun=True)
    if word in people().pronouns and word not in ("it", "its", "both"):
        one = word in ("he", "him", "she", "her", "himself", "herself")
        count = (1, 1, 1) if one else (None, None, None)
        return Group(position, position + 1, position, *count, None, False, vague=not one, pronoun=True)
    return None


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


def _without_ages(words: list[str]) -> list[str]:
    """The words between two names, less an age: ", 34, and" is ", and"."""
    if len(words) >= 3 and words[0] == "," and words[1].isdigit() and words[2] == ",":
        return [",", *words[3:]]
    return words


def _is_age(doc: Doc, token: int) -> bool:
    """True inside "26-year-old"."""
    return any(doc[i].lower_ == "old" for i in range(token, min(token + 5, len(doc))))


def coordination(doc: Doc, groups: list[Group], index: int, *, leftwards: bool) -> list[int]:
    """Indexes of the groups that are coordinated with ``groups[index]`` on one side, in text order.

    "12 soldiers, a driver and 4 civilians": from the first, all three.
    """
    chain = [index]
    step = -1 if leftwards else 1
    position = index
    while 0 <= position + step < len(groups):
        first, second = sorted((position, position + step))
        left, right = groups[first], groups[second]
        between = _without_ages([doc[i].lower_ for i in range(left.end, right.start)])
        if " ".join(between) not in _JOINERS or left.included != right.included:
            break
        if left.pronoun and not left.counted:
            break
        if (
            not leftwards
            and "and" not in between
            and right.end < len(doc)
            and doc[right.end].tag_ in ("VBD", "VBZ")
            and not right.counted
        ):
            break  # "wounding 30, governor Ruiz said"
        position += step
        chain.append(position)
    return sorted(chain)


def same_person(doc: Doc, left: Group, right: Group) -> bool:
    """True for an apposition: a name and a description of one person, with a comma or nothing between."""
    between = [doc[i].lower_ for i in range(left.end, right.start)]
    if between not in ([], [","], ["("], ["-"], ["–"], [":"]):
        return False
    return left.best == right.best == 1 and left.named != right.named


def summands(doc: Doc, groups: list[Group], chosen: list[int]) -> list[Group]:
    """The groups of one statement whose counts add up: appositions counted once, unnumbered company left out.

    "19 police officers and cadets" is 19, "Fernando Ruiz, a teacher" is one.
    """
    kept: list[Group] = []
    for index in chosen:
        group = groups[index]
        if kept and same_person(doc, kept[-1], group):
            continue
        kept.append(group)
    numbered = [group for group in kept if group.best is not None or (group.low is not None and not group.vague)]
    return numbered or kept
