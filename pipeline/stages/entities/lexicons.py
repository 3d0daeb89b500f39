"""Names and things of the lexicons, found in a text: organisations, peoples, weapons, vehicles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from pipeline.lexicon import known_actor, known_actors, peoples, things, unlabelled
from pipeline.resources import load_yaml
from pipeline.stages.entities.names import Name, Words


class Lexicons:
    """Matchers over the lexicons' names, cut into words by the pipeline's own tokenizer."""

    def __init__(self, nlp: Language) -> None:
        self._names = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._things = PhraseMatcher(nlp.vocab, attr="LOWER")

        def add(matcher: PhraseMatcher, label: str, phrases: Iterable[str]) -> None:
            matcher.add(label, [nlp.make_doc(phrase) for phrase in sorted(phrases)])

        names = set(known_actors())
        add(
            self._names,
            "ORG",
            names | {name.replace("'", "’") for name in names} | {n.upper() for n in names if len(n) > 4},
        )
        add(self._names, "NORP", peoples() | {word.upper() for word in peoples()})
        vehicle_data = load_yaml("lexicons", "vehicles.yaml")
        self._not_before = frozenset(vehicle_data["not_before"])
        for label, lexicon in (("WEAPON", "weapons"), ("VEHICLE", "vehicles")):
            phrases = set(things(lexicon)) - unlabelled(lexicon)
            add(self._things, label, phrases | {phrase.replace("-", " ") for phrase in phrases})

    def names(self, doc: Doc, words: Words) -> Iterator[Name]:
        """Organisations and peoples. Weak names score low: they win only beside the model's own label."""
        labels = {token: ent.label_ for ent in doc.ents for token in range(ent.start, ent.end)}
        for match, start, end in self._names(doc):
            label = doc.vocab.strings[match]
            if label == "ORG":
                actor = known_actor(words.text(start, end))
                if actor is None:
                    continue
                weak = actor.weak and labels.get(start) != "ORG"
                yield Name(start, end, "ORG", 30.0 if weak else 88.0 if end - start > 1 else 80.0, "known actor")
            else:
                yield Name(start, end, "NORP", 76.0 if end - start > 1 else 74.0, "people")

    def things(self, doc: Doc, words: Words) -> Iterator[Name]:
        """Weapons and vehicles, common nouns included; no verbs ("to shell"), and no vehicle in "car bomb"."""
        for match, start, end in self._things(doc):
            label = doc.vocab.strings[match]
            if end - start == 1 and not words.tags[start].startswith("N"):
                continue
            after = words.texts[end].lower() if end < len(words) else ""
            if label == "VEHICLE" and after in self._not_before:
                continue
            if not words.tags[end - 1].startswith(("N", "CD", "HYPH")) and words.tags[end - 1] not in ("VBG", "JJ"):
                continue
            yield Name(start, end, label, 70.0 + (end - start), "lexicon of things")
