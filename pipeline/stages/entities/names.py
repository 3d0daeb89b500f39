"""A name as a proposal: which words, which label, how sure. Proposals compete for the words of a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class Name:
    """A label proposed for tokens ``[start, end)``; ``score`` orders proposals, ``rule`` says who proposes."""

    start: int
    end: int
    label: str
    score: float
    rule: str

    @property
    def size(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Words:
    """The tokens of a text as plain lists, read once."""

    texts: list[str]
    tags: list[str]
    spaces: list[bool]
    starts: list[bool]

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """Read a ``Doc``'s tokens, as arrays where spaCy has them: this runs over every token of every text."""
        columns = doc.to_array(["TAG", "SPACY", "SENT_START"]).T.tolist() if len(doc) else [[], [], []]
        names = {tag: doc.vocab.strings[tag] for tag in set(columns[0])}
        return cls(
            [token.text for token in doc],
            [names[tag] for tag in columns[0]],
            [bool(space) for space in columns[1]],
            [start == 1 for start in columns[2]],
        )

    def text(self, start: int, end: int) -> str:
        return "".join(
            word + (" " if space and position < end - 1 else "")
            for position, (word, space) in enumerate(
                zip(self.texts[start:end], self.spaces[start:end], strict=True), start
            )
        )

    def __len__(self) -> int:
        return len(self.texts)


def choose(names: Iterable[Name]) -> tuple[list[Name], list[tuple[Name, Name]]]:
    """The best names without overlaps, in text order; and each loser with the name that it lost to."""
    taken: dict[int, Name] = {}
    kept: list[Name] = []
    lost: list[tuple[Name, Name]] = []
    for name in sorted(names, key=lambda name: (-name.score, -name.size, name.start, name.label)):
        rival = next((taken[i] for i in range(name.start, name.end) if i in taken), None)
        if rival is None:
            kept.append(name)
            taken.update(dict.fromkeys(range(name.start, name.end), name))
        elif (rival.start, rival.end, rival.label) != (name.start, name.end, name.label):
            lost.append((name, rival))
    return sorted(kept, key=lambda name: name.start), lost


def covering(names: Sequence[Name], size: int) -> list[Name | None]:
    """For each token the name that holds it."""
    found: list[Name | None] = [None] * size
    for name in names:
        found[name.start : name.end] = [name] * name.size
    return found
