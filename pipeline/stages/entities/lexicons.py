"""Names and things of the lexicons, found in a text: organisations, peoples, weapons, vehicles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.matcher import PhraseMatcher
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


class Lexicons:
    """Matchers over the lexicons' names, cut into words by the pipeline's own tokenizer."""

    def __init__(self, nlp: Language) -> None:
        self._names = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._things = PhraseMatcher(nlp.vocab, attr="LOWER")

        def add(matcher: PhraseMatcher, label: str, phrases: Iterable[str]) -> None:
            matcher.add(label, [nlp.make_doc(phrase) for phrase in sorted(phrases)])

        names = {name for name in known_actors() if not _is_description(name)}
        add(
            self._names,
            "ORG",
            names | {name.replace("'", "’") for name in names} | {n.upper() for n in names if len(n) > 4},
        )
        add(self._names, "NORP", peoples() | {word.upper() for word in peoples()})
        self._not_before: dict[str, frozenset[str]] = {}
        self._kinds: dict[str, frozenset[str]] = {}
        for label, lexicon in (("WEAPON", "weapons"), ("VEHICLE", "vehicles")):
            data = load_yaml("lexicons", f"{lexicon}.yaml")
            self._not_before[label] = frozenset(data["not_before"])
            self._kinds[label] = frozenset(data["kinds"])
            phrases = set(things(lexicon)) - unlabelled(lexicon)
            add(self._things, label, phrases | {phrase.replace("-", " ") for phrase in phrases})
            add(self._things, _IDIOM, data.get("idioms", ()))

    def names(self, doc: Doc, words: Words) -> Iterator[Name]:
        """Organisations and peoples. Weak names score low: they win only beside the model's own label."""
        labels = {token: ent.label_ for ent in doc.ents for token in range(ent.start, ent.end)}
        for match, start, end in _over_lines(self._names, doc, words):
            label = doc.vocab.strings[match]
            if label == "ORG":
                actor = known_actor(words.text(start, end).replace("\n", " "))
                if actor is None:
                    continue
                weak = actor.weak and labels.get(start) != "ORG"
                yield Name(start, end, "ORG", 30.0 if weak else 88.0 if end - start > 1 else 80.0, "known actor")
            else:
                yield Name(start, end, "NORP", 76.0 if end - start > 1 else 74.0, "people")

    def things(self, doc: Doc, words: Words) -> Iterator[Name]:
        """Weapons and vehicles, common nouns included, with a noun before them that tells their kind.

        No verbs ("to shell"), no figures of speech ("dodged a bullet"), no vehicle in "bus station".
        """
        found = [(doc.vocab.strings[match], start, end) for match, start, end in _over_lines(self._things, doc, words)]
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


def _over_lines(matcher: PhraseMatcher, doc: Doc, words: Words) -> list[tuple[int, int, int]]:
    """The matches in a text, also across the breaks of wrapped lines."""
    breaks = [
        i for i, word in enumerate(words.texts) if word == "\n" and i + 1 < len(words) and not words.starts[i + 1]
    ]
    if not breaks:
        return list(matcher(doc))
    skipped = set(breaks)
    kept = [i for i in range(len(words)) if i not in skipped]
    joined = Doc(doc.vocab, words=[words.texts[i] for i in kept], spaces=[words.spaces[i] for i in kept])
    return [(match, kept[start], kept[end - 1] + 1) for match, start, end in matcher(joined)]


_IDIOM = "IDIOM"


def _is_noun(words: Words, start: int, end: int) -> bool:
    last, tag = words.texts[end - 1], words.tags[end - 1]
    if end - start == 1:
        return tag.startswith("N") or (last.isupper() and len(last) > 1)
    return tag.startswith(("N", "CD", "HYPH")) or tag in ("VBG", "JJ")
