"""Names of people: told by titles and ages, and followed through the text from the full name to the bare last name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.lexicon import countries_of, is_title
from pipeline.stages.entities.names import PLACE_LABELS, Name, Words, covering

_PARTICLES = frozenset(
    "al el bin bint ibn abu de da di del della dos du la le van von der den ter ben ould wa as ash ad y e i".split()
)
_MAX_TOKENS = 6


def _namelike(word: str) -> bool:
    return (
        word[:1].isupper()
        and len(word) > 1
        and word.replace("-", "").replace("'", "").replace("’", "").replace(".", "").isalpha()
    )


def _run(words: Words, start: int) -> int:
    """End of a run of capitalised words with name particles and hyphens inside."""
    end = position = start
    while position < len(words) and position - start < _MAX_TOKENS + 2:
        word = words.texts[position]
        if _namelike(word) or (len(word) == 2 and word[0].isupper() and word[1] == "."):
            end = position + 1
        elif word == "\n" and end == position > start and goes_on(words, position):
            pass  # a wrapped line
        elif not (end > start and (word.lower() in _PARTICLES or (word == "-" and not words.spaces[position - 1]))):
            break
        position += 1
    return end


def goes_on(words: Words, position: int) -> bool:
    """Whether a name goes on behind the line break at ``position``."""
    after = position + 1
    return (
        after < len(words) and not words.starts[after] and _namelike(words.texts[after]) and words.tags[after] == "NNP"
    )


def titled_persons(words: Words, names: Sequence[Name]) -> Iterator[Name]:
    """Names after a title ("Gen. Aram Haddad") and names with an age ("Haddad, 45,")."""
    held = covering([name for name in names if name.score >= 70], len(words))
    for position, word in enumerate(words.texts[:-1]):
        if word[:1].isupper() and is_title(word):
            start = position + 1
            while start + 1 < len(words) and words.texts[start] in (".", "\n") and not words.starts[start + 1]:
                start += 1
            rival = held[start]
            if is_title(words.texts[start]) or not _namelike(words.texts[start]):
                continue
            if rival is not None and rival.start > position:
                continue
            if countries_of(words.texts[start]) or words.tags[start] not in ("NNP", "NNPS", "NN", "FW", "JJ"):
                continue
            end = _run(words, start)
            end = next((i for i in range(start, end) if held[i] not in (None, rival)), end)
            if end - start <= _MAX_TOKENS:
                # A name that swallowed the title ("Judge Azad Dilan" as a place) gives way.
                score = 72.0 if rival is None else max(72.0, rival.score + 1)
                yield Name(start, end, "PERSON", score, "after a title")
    for name in names:
        if name.label in ("ORG", "GPE", "LOC", "PERSON", "FAC") and name.score < 70 and _has_age(words, name.end):
            yield Name(name.start, name.end, "PERSON", 85.0, "beside an age")


def _has_age(words: Words, end: int) -> bool:
    if end + 2 >= len(words) or words.texts[end] not in (",", "("):
        return False
    age = words.texts[end + 1]
    if age.lower() == "aged":
        return True
    return (
        age.isdigit()
        and 1 <= int(age) <= 105
        and words.texts[end + 2] in (",", ")", ".", ";")
        and words.tags[end + 1] == "CD"
    )


def followed_persons(words: Words, names: Sequence[Name]) -> Iterator[Name]:
    """The last (or first) word of a full name, wherever it stands alone: "Valery Petrov … Petrov"."""
    last: Counter[str] = Counter()
    first: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for name in names:
        if name.label == "PERSON" and name.size > 1:
            last[words.texts[name.end - 1]] += 1
            first[words.texts[name.start]] += 1
            if words.texts[name.end - 2] == "-" and name.size > 2:
                last[words.text(name.end - 3, name.end)] += 1
        elif name.size == 1 and name.label in PLACE_LABELS and name.score >= 70:
            others[words.texts[name.start]] += 1
    wanted = {word for word in (*last, *first) if len(word) > 1 and _namelike(word) and not countries_of(word)}
    wanted -= {word for word in wanted if others[word] > last[word] + first[word]}
    if not wanted:
        return
    held = covering([name for name in names if name.size > 1 and name.score > 41], len(words))
    for position, word in enumerate(words.texts):
        if word not in wanted or held[position] is not None:
            continue
        if words.tags[position] not in ("NNP", "NNPS") and words.starts[position]:
            continue
        before = words.texts[position - 1] if position else ""
        after = words.texts[position + 1] if position + 1 < len(words) else ""
        if _namelike(after) and words.spaces[position] and words.tags[position + 1] == "NNP" and not is_title(after):
            continue
        if (
            _namelike(before)
            and not is_title(before)
            and words.tags[position - 1] == "NNP"
            and words.spaces[position - 1]
        ):
            continue
        yield Name(position, position + 1, "PERSON", 71.0 if word in last else 66.0, "known from the full name")


def widened_persons(words: Words, names: Sequence[Name]) -> Iterator[Name]:
    """A person's name joined over a particle ("Bingu wa Mutharika") or with its hyphenated end ("Poon Man-kay")."""
    people = [name for name in names if name.label == "PERSON"]
    by_start = {name.start: name for name in people}
    for name in people:
        end = name.end
        if words.texts[end : end + 1] == ["\n"] and goes_on(words, end):
            yield Name(name.start, _run(words, name.start), "PERSON", 73.0, "goes on in the next line")
        elif end + 1 < len(words) and words.texts[end].lower() in _PARTICLES and end + 1 in by_start:
            yield Name(name.start, by_start[end + 1].end, "PERSON", 73.0, "joined over a particle")
        elif end < len(words) and words.texts[end] == "-" and not words.spaces[end - 1] and not words.spaces[end]:
            if words.texts[end + 1 : end + 2] and words.texts[end + 1].isalpha() and words.texts[end + 1].islower():
                yield Name(name.start, end + 2, "PERSON", 73.0, "hyphenated name")
        elif (
            end + 2 < len(words)
            and words.texts[end + 1] == "-"
            and _namelike(words.texts[end])
            and words.texts[end + 2].islower()
        ):
            if not words.spaces[end] and not words.spaces[end + 1] and words.spaces[end - 1]:
                yield Name(name.start, end + 3, "PERSON", 73.0, "hyphenated name")
