"""Date expressions: found by a grammar over words (:mod:`.lexer`, :mod:`.grammar`), turned into ranges of days
(:mod:`.resolve`). The field's name for such an expression is *timex*."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline import facts
from pipeline.timex.absolute import Tense, TenseOf
from pipeline.timex.grammar import Timex, find
from pipeline.timex.ranges import Range
from pipeline.timex.resolve import Resolver, text_date

__all__ = ["Range", "Resolver", "Tense", "TenseOf", "Timex", "find", "find_in", "text_date"]

_KEPT = "dateline_timexes"


def find_in(doc: Doc) -> list[Timex]:
    """:func:`find` on the text of a ``Doc``; the answer is kept with the ``Doc``, since two stages read it."""
    kept = doc.user_data.get(_KEPT)
    if kept is None:
        found = find(facts.read_text(doc))
        doc.user_data[_KEPT] = [
            [one.start, one.end, one.rule, one.kinds, list(one.values), list(one.words), one.paragraph] for one in found
        ]
        return found
    return [
        Timex(start, end, rule, kinds, tuple(values), tuple(words), paragraph)
        for start, end, rule, kinds, values, words, paragraph in kept
    ]
