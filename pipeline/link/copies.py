"""Near-copies: articles that print one wire story, which count as one source.

An article is compared by what its record quotes, in text order: names, figures, triggers. Two that share most runs of
these are one story, shortened or with a paragraph of their own perhaps.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.link.happenings import Happening
from pipeline.link.settings import CopySettings


def originals(members: Sequence[Happening], settings: CopySettings) -> dict[str, str]:
    """For each article that copies another of these, the earliest that it copies."""
    articles = {member.key[0]: member for member in members}
    order = sorted(articles.values(), key=by_time)
    copied: dict[str, str] = {}
    for position, member in enumerate(order):
        for earlier in order[:position]:
            if earlier.key[0] not in copied and is_copy(earlier, member, settings):
                copied[member.key[0]] = earlier.key[0]
                break
    return copied


def is_copy(one: Happening, other: Happening, settings: CopySettings) -> bool:
    """Whether two articles are one story."""
    if one.sha256 == other.sha256:
        return True
    if min(len(one.shape), len(other.shape)) < settings.min_pieces:
        return False
    runs = [_runs(each.shape, settings.run) for each in (one, other)]
    return len(runs[0] & runs[1]) >= settings.share * min(len(runs[0]), len(runs[1]))


def _runs(pieces: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(pieces[start : start + length]) for start in range(len(pieces) - length + 1)}


def by_time(member: Happening) -> tuple[bool, int, tuple[str, str]]:
    """Order by publication, those without a date last, then by key."""
    return member.published is None, member.published or 0, member.key
