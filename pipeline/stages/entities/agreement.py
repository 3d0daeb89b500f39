"""One name, one label: what all mentions of a name in a text say together, and mentions that nobody had seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.people import people
from pipeline.resources import load_yaml
from pipeline.stages.entities.cues import ends_as_organisation
from pipeline.stages.entities.names import Name, Words, covering

_VOTING = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
# Names proposed with less than this can be outvoted.
_FIRM = 65.0
# How much a proposal counts: by the model alone, by a word beside it, by lexicon, title or gazetteer.
_VOTES = ((63.0, 1.0), (_FIRM, 2.0), (200.0, 3.0))
_CUE = 3.0
_SPREAD = 55.0


@lru_cache(maxsize=1)
def _speech() -> frozenset[str]:
    return frozenset(load_yaml("lexicons", "name_cues.yaml")["speech"])


def agreed(words: Words, names: Sequence[Name]) -> list[Name]:
    """One label for one name: where mentions differ, the label that labels and contexts together support best."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name in names:
        if name.label in _VOTING:
            text = words.text(name.start, name.end)
            votes[text][name.label] += next(weight for below, weight in _VOTES if name.score < below)
            label = _context(words, name)
            if label is not None:
                votes[text][label] += _CUE
    winners: dict[str, str] = {}
    for text, counts in votes.items():
        (label, most), *rest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if rest and most > rest[0][1]:
            winners[text] = label
    found = []
    for name in names:
        winner = winners.get(words.text(name.start, name.end)) if name.label in _VOTING and name.score < _FIRM else None
        if winner is not None and winner != name.label:
            found.append(replace(name, label=winner, rule=f"{name.rule}; as the text uses it"))
        else:
            found.append(name)
    return found


def _context(words: Words, name: Name) -> str | None:
    """What the words right beside one mention tell, if anything."""
    after = words.texts[name.end] if name.end < len(words) else ""
    before = words.texts[name.start - 1] if name.start else ""
    text = words.texts[name.start]
    if name.size > 3 or (name.size == 1 and text.isupper() and len(text) < 6) or ends_as_organisation(words, name):
        return None
    if after in _speech() or (before in _speech() and before.endswith(("s", "d")) and after in (",", ".")):
        return "PERSON"
    if after in ("'s", "’s") and name.end + 1 < len(words) and words.texts[name.end + 1] in _KIN:
        return "PERSON"
    if after == "," and words.texts[name.end + 1 : name.end + 2] == ["who"]:
        return "PERSON"
    return None


_KIN = frozenset(
    "mother father wife husband son sons daughter daughters brother brothers sister sisters family parents death "
    "body lawyer lawyers widow uncle aunt cousin friend friends grandmother grandfather girlfriend "
    "boyfriend children".split()
)


def spread(words: Words, names: Sequence[Name]) -> list[Name]:
    """The names, and with them the mentions of an organisation's one-word name that carry no label yet.

    Of people the full name tells (:mod:`.persons`), of places the gazetteer.
    """
    known: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        if name.label in _VOTING and name.size == 1:
            known[words.texts[name.start]][name.label] += 1
    lower = {word for word in words.texts if word.islower()}
    nouns = people().singular
    wanted = {
        word
        for word, counts in known.items()
        if counts.most_common(1)[0][0] == "ORG"
        and len(word) > 2
        and word.lower() not in lower
        and word.lower() not in nouns
        and word[0].isupper()
    }
    if not wanted:
        return list(names)
    held = covering(names, len(words))
    added = [
        Name(position, position + 1, "ORG", _SPREAD, "known from elsewhere in the text")
        for position, word in enumerate(words.texts)
        if word in wanted
        and held[position] is None
        and words.tags[position] in ("NNP", "NNPS")
        and not _in_run(words, position)
    ]
    return sorted([*names, *added], key=lambda name: name.start)


def _in_run(words: Words, position: int) -> bool:
    """Whether the word is part of a longer run of capitals, which may be another name."""
    beside = (position - 1, position + 1)
    return any(
        0 <= i < len(words) and words.tags[i] in ("NNP", "NNPS", "HYPH") and words.texts[i][:1].isupper()
        for i in beside
    )
