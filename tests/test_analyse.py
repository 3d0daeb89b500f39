from __future__ import annotations

import pytest

from pipeline import analyse
from pipeline.analyse import extract_batch
from pipeline.articles import RawArticle
from pipeline.build import build_nlp
from pipeline.config import load_config


def test_words_of_the_first_texts_are_kept_and_those_of_later_ones_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = build_nlp(load_config())
    early, late = RawArticle("a", "Ten died in Qumbarat."), RawArticle("b", "Ten died in Zolfirat.")
    (before,) = extract_batch(nlp, [early])
    monkeypatch.setattr(analyse, "_KNOWN_WORDS", len(nlp.vocab))
    (between,), _ = extract_batch(nlp, [early]), extract_batch(nlp, [late])
    assert before == between
    assert "Qumbarat" in nlp.vocab.strings
    assert "Zolfirat" not in nlp.vocab.strings
