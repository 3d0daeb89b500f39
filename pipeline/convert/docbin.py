"""spaCy: a ``DocBin`` with entities in ``doc.ents``, all marks in ``doc.spans`` and the rest in ``doc.user_data``.

For ``spacy train`` and friends: ``doc.ents`` holds entities (those that overlap an earlier one only stand in
``doc.spans``), ``doc.spans`` a group for each layer (``ENTITY``, ``EVENT`` …), sentences are sentence starts. A DocBin
cannot hold our types, so values and arrows are JSON in ``user_data["dateline"]``. Words are cut so that every mark
fits them, which is not how spaCy's tokenizer cuts: for training, align by characters. When read, the spans of the
groups count; a document without them gives its ``ents``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.atomic import beside
from pipeline.convert.annotation import ENTITY, LAYERS, Document, Link, Mark, document, in_layer, tokens
from pipeline.errors import InputError

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_KEY = "dateline"


def write(path: Path, documents: Iterable[Document], *, done: bool) -> int:
    """Write the file; returns the number of documents. ``done`` makes no difference.

    Raises:
        ResourceError: the file cannot be written.
    """
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    store = DocBin(store_user_data=True)
    for each in documents:
        store.add(to_doc(each, vocab))
    with beside(path) as partial:
        store.to_disk(partial)
    return len(store)


def to_doc(each: Document, vocab: Vocab) -> Doc:
    """A document as spaCy has it."""
    from spacy.tokens import Doc
    from spacy.util import filter_spans

    cut = tokens(each.text, each.marks)
    starts = {start for start, _ in each.sentences or ()}
    doc = Doc(
        vocab,
        words=[each.text[token.start : token.end] for token in cut],
        spaces=[token.space for token in cut],
        sent_starts=[token.start in starts for token in cut] if starts else None,
    )
    for layer in LAYERS:
        doc.spans[layer] = [_span(doc, mark) for mark in in_layer(each.marks, layer)]
    doc.set_ents(filter_spans(doc.spans[ENTITY]))
    told = {mark.id: {"values": mark.values, "rest": mark.rest} for mark in each.marks if mark.values or mark.rest}
    links = [[link.label, link.head, link.tail] for link in each.links]
    doc.user_data[_KEY] = json.dumps({"head": each.head(), "marks": told, "links": links})
    return doc


def _span(doc: Doc, mark: Mark) -> Any:
    span = doc.char_span(mark.start, mark.end, label=mark.label, span_id=mark.id)
    if span is None:
        raise AssertionError(f"{mark} does not fit tokens that were cut for it")
    return span


def read(path: Path) -> Iterator[Document]:
    """The documents of a ``.spacy`` file.

    Raises:
        InputError: it is no DocBin.
    """
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    try:
        store = DocBin(store_user_data=True).from_disk(path)
        docs = list(store.get_docs(Vocab()))
    except Exception as error:  # spaCy raises what msgpack and zlib raise
        raise InputError("wrong_type", f"{path} is no DocBin of spaCy: {type(error).__name__}: {error}") from error
    for number, doc in enumerate(docs, 1):
        yield from_doc(doc, f"{path.stem}-{number}")


def from_doc(doc: Doc, name: str) -> Document:
    """The document of a spaCy ``Doc``."""
    own = json.loads(doc.user_data.get(_KEY, "{}"))
    told = own.get("marks", {})
    groups = [group for layer in LAYERS for group in doc.spans.get(layer, ())] or list(doc.ents)
    marks = []
    for number, span in enumerate(groups):
        id_ = span.id_ or f"e{number}"
        values = told.get(id_, {})
        mark = Mark(id_, span.label_, span.start_char, span.end_char, values.get("values", {}), values.get("rest", {}))
        marks.append(mark)
    head = own.get("head")
    if head is None and doc.has_annotation("SENT_START"):
        head = {"article": {"id": name}, "sentences": [[s.start_char, s.end_char] for s in doc.sents]}
    return document(doc.text, head, marks, [Link(*link) for link in own.get("links", ())], id_=name)
