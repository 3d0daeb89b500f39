"""SpaCy's recogniser of names, decided for all sentences of a batch at once.

Its own loop takes a batch token by token, and takes and gives back Python's lock some hundred times for each. But no
name crosses the border of a sentence, and the model looks at nothing but the token and the name that is open: so
sentences are decided side by side, in as many steps as the longest has tokens, with arrays over all of them.
Model, scores and the rules of what may follow what are spaCy's (``spacy/pipeline/_parser_internals/ner.pyx``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, islice
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from thinc.api import NumpyOps

FACTORY = "dateline_ner"
_FEATURES = 3  # the token, the first token of the open name, and the token before
_PORTION = 4_000  # tokens: the figures of a portion stay in the processor's cache
_NONE = -1
_NO = np.float32(-np.inf)


def replace_recogniser(nlp: Language) -> None:
    """Let the names of a pipeline be decided here; where its recogniser is of another make, it stays as it is."""
    recogniser = nlp.get_pipe("ner")
    if isinstance(recogniser, EntityRecognizer) and _is_known(recogniser):
        nlp.disable_pipe("ner")
        nlp.add_pipe(FACTORY, after="ner")


def _is_known(recogniser: Any) -> bool:
    model = recogniser.model
    return (
        recogniser.cfg["beam_width"] == 1
        and model.attrs["has_upper"]
        and not model.attrs["unseen_classes"]
        and model.get_ref("lower").get_dim("nF") == _FEATURES
        and model.get_ref("lower").get_dim("nP") > 1  # else spaCy takes the layer as it is, without its activation
        and not recogniser.postprocesses
        and isinstance(model.ops, NumpyOps)
    )


@Language.factory(FACTORY, assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def make_recogniser(nlp: Language, name: str) -> Recogniser:
    """The component, over the pipeline's own ``ner``."""
    return Recogniser(nlp.get_pipe("ner"))


class Recogniser:
    """Sets ``doc.ents`` as the component ``ner`` does.

    A ``Doc`` that has names already goes to that component, which works around them.
    """

    def __init__(self, recogniser: Any) -> None:
        self._recogniser = recogniser
        moves = recogniser.moves
        names = [moves.get_class_name(number) for number in range(moves.n_moves)]
        # "B-GPE" begins a name, "I-" goes on in it, "L-" ends it, "U-" is one of a single token, "O" is none
        self._kinds = np.array([name[0] for name in names])
        self._labels = [name[2:] for name in names]
        kinds = sorted(set(self._labels) - {""})
        self._label = np.array([kinds.index(label) if label else _NONE for label in self._labels])
        self._forbidden = self._rules(len(kinds))

    def _rules(self, labels: int) -> np.ndarray[Any, Any]:
        """What to add to the scores of the moves: 0, or minus infinity where a move cannot be.

        Rows 0 to 2: no name is open, at a token within a sentence, at its last, and at white space; then two rows for
        each label of an open name, within a sentence and at its last token.
        """
        of, label = self._kinds, self._label
        no_name, alone, begin = of == "O", (of == "U") & (label != _NONE), (of == "B") & (label != _NONE)
        rows = [no_name | alone | begin, no_name | alone, no_name]
        for open_label in range(labels):
            end, on = (of == "L") & (label == open_label), (of == "I") & (label == open_label)
            rows += [end | on, end]
        return np.where(np.array(rows), np.float32(0), _NO)

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc], batch_size=1))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 256) -> Iterator[Doc]:
        """The docs in their order, recognised in portions of docs of like length."""
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
            by_length = sorted(batch, key=len)
            ends = accumulate(map(len, by_length))
            for _, portion in groupby(zip(by_length, ends, strict=True), key=lambda pair: pair[1] // _PORTION):
                self._recognise([doc for doc, _ in portion])
            yield from batch

    def _recognise(self, docs: Sequence[Doc]) -> None:
        tokens = np.concatenate([doc.to_array(["SENT_START", "IS_SPACE", "ENT_IOB"]) for doc in docs])
        if not len(tokens) or tokens[:, 2].any():
            self._recogniser.set_annotations(docs, self._recogniser.predict(docs))
            return
        offsets = [0, *accumulate(map(len, docs))]
        firsts = tokens[:, 0] == 1
        firsts[[offset for offset in offsets if offset < len(tokens)]] = True
        moves, opened = self._decide(self._recogniser.model.predict(docs), np.flatnonzero(firsts), tokens[:, 1] != 0)
        ends = np.flatnonzero((self._kinds[moves] == "L") | (self._kinds[moves] == "U"))
        found: list[list[Span]] = [[] for _ in docs]
        numbers = np.searchsorted(offsets, ends, side="right") - 1
        for number, move, start, end in zip(numbers, moves[ends], opened[ends], ends, strict=True):
            offset = offsets[number]
            label = self._labels[move]
            found[number].append(Span(docs[number], int(start) - offset, int(end) - offset + 1, label=label))
        for doc, spans in zip(docs, found, strict=True):
            doc.set_ents(spans)

    def _decide(self, step: Any, firsts: np.ndarray[Any, Any], is_space: np.ndarray[Any, Any]) -> tuple[Any, Any]:
        """The move at each token, and for tokens in a name, where it begins.

        Args:
            step: spaCy's model of a step, made for these tokens.
            firsts: the first token of each sentence.
        """
        count = len(is_space)
        lengths = np.diff(firsts, append=count)
        order = np.argsort(-lengths, kind="stable")
        firsts, lengths = firsts[order], lengths[order]
        moves, opened = np.zeros(count, dtype=np.intp), np.full(count, _NONE)
        start, label = np.full(len(firsts), _NONE), np.full(len(firsts), _NONE)
        # sentences that are not over, the longest first
        alive = len(firsts) - np.searchsorted(lengths[::-1], np.arange(lengths[0]), side="right")
        for at, number in enumerate(alive):
            start, label = start[:number], label[:number]
            here = firsts[:number] + at
            is_open = start != _NONE
            features = np.stack((here, start, np.where(is_open, here - 1, _NONE)), axis=1).astype(np.int32)
            scores = step.vec2scores.predict(step.state2vec.predict(features))
            is_last = lengths[:number] == at + 1
            row = np.where(is_open, 3 + 2 * label + is_last, np.where(is_space[here], 2, is_last))
            move = (scores + self._forbidden[row]).argmax(axis=1)
            kind = self._kinds[move]
            start = np.where(is_open, start, here)
            moves[here], opened[here] = move, start
            goes_on = (kind == "B") | (kind == "I")
            start, label = np.where(goes_on, start, _NONE), np.where(goes_on, self._label[move], _NONE)
        step.clear_memory()
        return moves, opened
