"""Date expressions: found by a grammar over words (:mod:`.lexer`, :mod:`.grammar`), turned into ranges of days
(:mod:`.resolve`). The field's name for such an expression is *timex*."""

from pipeline.timex.grammar import Timex, find
from pipeline.timex.resolve import Range, Resolver, Tense, TenseOf, text_date

__all__ = ["Range", "Resolver", "Tense", "TenseOf", "Timex", "find", "text_date"]
