"""Names and things of the lexicons, found in a text: organisations, peoples, weapons, vehicles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.lexicon import known_actor, known_actors, peoples, things, unlabelled
from pipeline.resources import load_yaml
from pipeline.stages.entities.names import Name, Words


def _is_description(name: str) -> bool:
    """ "Israeli army", "international coalition": words for a force, not its name."""
    *_, last = name.split()
    return last.islower() and last in _COMMON and (name.islower() or name[0].isupper())


_COMMON = frozenset(
    "army military coalition group movement forces police dissidents separatists administration militia".split()
)


class _Phrases:
    """Labelled phrases by their first words, cut into words by the pipeline's own tokenizer.

    spaCy's PhraseMatcher makes a ``Doc`` of each, and an entry of the vocabulary of each word: a third of a second.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._special = frozenset(tokenizer.rules or ())
        self._by_first: dict[str, list[tuple[str, tuple[str, ...]]]] = {}

    def add(self, label: str, phrases: Iterable[str]) -> None:
        """Add phrases under a label."""
        for phrase in sorted(phrases):
            words = [word for part in phrase.split() for word in self._words(part)]
            self._by_first.setdefault(words[0], []).append((label, tuple(words)))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: len(entry[1]))

    def _words(self, part: str) -> list[str]:
        # there is nothing to cut in letters alone, unless the tokenizer knows the word ("cannot")
        plain = part.isalpha() and part not in self._special
        return [part] if plain else [token.text for token in self._tokenizer(part)]

    def matches(self, texts: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Label, first token and end of each phrase among the tokens, in the order of the text."""
        for start, text in enumerate(texts):
            for label, words in self._by_first.get(text, ()):
                end = start + len(words)
                if len(words) == 1 or tuple(texts[start:end]) == words:
                    yield label, start, end


class Lexicons:
    """The lexicons' names and things, looked up in texts."""

    def __init__(self, nlp: Language) -> None:
        self._names, self._things = _Phrases(nlp.tokenizer), _Phrases(nlp.tokenizer)
        names = {name for name in known_actors() if not _is_description(name)}
        self._names.add(
            "ORG",
            names | {name.replace("'", "’") for name in names} | {n.upper() for n in names if len(n) > 4},
        )
        self._names.add("NORP", peoples() | {word.upper() for word in peoples()})
        self._not_before: dict[str, frozenset[str]] = {}
        self._kinds: dict[str, frozenset[str]] = {}
        for label, lexicon in (("WEAPON", "weapons"), ("VEHICLE", "vehicles")):
            data = load_yaml("lexicons", f"{lexicon}.yaml")
            self._not_before[label] = frozenset(data["not_before"])
            self._kinds[label] = frozenset(data["kinds"])
            phrases = set(things(lexicon)) - unlabelled(lexicon)
            lower = {phrase.lower() for phrase in phrases}
            self._things.add(label, lower | {phrase.replace("-", " ") for phrase in lower})
            self._things.add(_IDIOM, {phrase.lower() for phrase in data.get("idioms", ())})

    def names(self, doc: Doc, words: Words) -> Iterator[Name]:
        """Organisations and peoples. Weak names score low: they win only beside the model's own label."""
        labels = {token: ent.label_ for ent in doc.ents for token in range(ent.start, ent.end)}
        for label, start, end in _over_lines(self._names, words, words.texts):
            if label == "ORG":
                actor = known_actor(words.text(start, end).replace("\n", " "))
                if actor is None:
                    continue
                weak = actor.weak and labels.get(start) != "ORG"
                yield Name(start, end, "ORG", 30.0 if weak else 88.0 if end - start > 1 else 80.0, "known actor")
            else:
                yield Name(start, end, "NORP", 76.0 if end - start > 1 else 74.0, "people")

    def things(self, words: Words) -> Iterator[Name]:
        """Weapons and vehicles, common nouns included, with a noun before them that tells their kind.

        No verbs ("to shell"), no figures of speech ("dodged a bullet"), no vehicle in "bus station".
        """
        found = _over_lines(self._things, words, [text.lower() for text in words.texts])
        idle = {position for label, start, end in found if label == _IDIOM for position in range(start, end)}
        for label, start, end in found:
            if label == _IDIOM or start in idle or not _is_noun(words, start, end):
                continue
            after = words.texts[end].lower() if end < len(words) else ""
            if after in self._not_before[label]:
                continue
            first = start
            while first and words.texts[first - 1].lower() in self._kinds[label] and words.tags[first - 1][0] in "NJ":
                first -= 1
            yield Name(first, end, label, 70.0 + (end - first), "lexicon of things")


def _over_lines(phrases: _Phrases, words: Words, texts: Sequence[str]) -> list[tuple[str, int, int]]:
    """The matches in a text, also across the breaks of wrapped lines."""
    kept = [i for i, word in enumerate(texts) if word != "\n" or i + 1 == len(texts) or words.starts[i + 1]]
    if len(kept) == len(texts):
        return list(phrases.matches(texts))
    found = phrases.matches([texts[i] for i in kept])
    return [(label, kept[start], kept[end - 1] + 1) for label, start, end in found]


_IDIOM = "IDIOM"


def _is_noun(words: Words, start: int, end: int) -> bool:
    last, tag = words.texts[end - 1], words.tags[end - 1]
    if end - start == 1:
        return tag.startswith("N") or (last.isupper() and len(last) > 1)
    return tag.startswith(("N", "CD", "HYPH")) or tag in ("VBG", "JJ")
