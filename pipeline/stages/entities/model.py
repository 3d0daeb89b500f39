"""The model's names, put right at their borders: no line break, possessive, title, quote or address inside a name."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from pipeline.lexicon import capital_of, countries_of, is_head, is_title
from pipeline.stages.entities.names import Name, Words

# Labels whose names are kept as the model gives them.
OTHER_LABELS = frozenset(
    {
        "EVENT",
        "PRODUCT",
        "WORK_OF_ART",
        "LAW",
        "LANGUAGE",
        "MONEY",
        "PERCENT",
        "QUANTITY",
        "TIME",
        "CARDINAL",
        "ORDINAL",
    }
)
_NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
_POSSESSIVES = frozenset({"'s", "’s", "'S", "’S"})
_EDGES = frozenset("\"'“”‘’«».,;:!?()[]{}-–—/|*•&@#`") | {"''", "``", "--", "...", "…"}
# How much the model is trusted with a name, by label, for names of one word and of several.
_TRUST = {"PERSON": (44, 62), "ORG": (42, 60), "GPE": (50, 58), "LOC": (46, 58), "FAC": (46, 58), "NORP": (50, 52)}
_PAIR = 41.0


def model_names(doc: Doc, words: Words) -> Iterator[Name]:
    """Proposals from ``doc.ents`` of the spaCy model; of its dates, durations and ages count."""
    for ent in doc.ents:
        label = ent.label_
        if label in OTHER_LABELS:
            yield Name(ent.start, ent.end, label, 40.0, "model")
        elif label == "DATE":  # durations and ages; the grammar of pipeline.timex wins where it finds a date
            start, end = _trimmed(words, ent.start, ent.end, label)
            text = words.text(start, end)
            if start < end and "\n" not in text and not (text.isdigit() and len(text) > 2):
                yield Name(start, end, label, 41.0, "model")
        elif label in _NAME_LABELS:
            for piece in _pieces(words, ent.start, ent.end, label):
                start, end = _trimmed(words, *piece, label)
                if start < end and _is_name(words, start, end, label):
                    trust = float(_TRUST[label][end - start > 1])
                    if label == "ORG" and end - start == 3 and words.texts[start + 1] == "and":
                        trust = _PAIR  # "Azad and Newroz" may be two people
                    yield Name(start, end, label, trust, "model")


def _pieces(words: Words, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """A name cut at line breaks and possessives; names of people and places also at commas and "and"."""
    cuts = []
    for position in range(start, end):
        word = words.texts[position]
        if word in _POSSESSIVES or "://" in word or (word.isspace() and _ends_line(words, position)):
            cuts.append(position)
        elif (
            word in ("'", "’")
            and position < end - 1
            and label in ("ORG", "PERSON")
            and words.texts[position - 1][-1:] == "s"
        ):
            cuts.append(position)
        elif (word in (",", ";", "(") and label in ("PERSON", "GPE")) or (word == "and" and label == "PERSON"):
            cuts.append(position)
        elif (
            word == ","
            and label == "ORG"
            and not {"and", "&", "Inc", "Ltd", "LLC", "Inc."} & set(words.texts[position:end])
        ):
            cuts.append(position)
        elif word in ("-", "–", "—") and start < position < end - 1:
            if countries_of(words.texts[position - 1]) and countries_of(words.texts[position + 1]):
                cuts.append(position)
        elif word in ("(", ")") and label == "ORG":
            cuts.append(position)
        elif label in ("ORG", "PERSON") and start < position < end - 1 and _says_where(words, start, position):
            cuts.append(position)
    begin = start
    for cut in (*cuts, end):
        # "Queen's University", "Women's Protection Units": the possessive belongs to the name.
        if (
            cut < end
            and label in ("ORG", "FAC", "LOC")
            and words.texts[cut] in _POSSESSIVES
            and _inside_name(words, cut, end)
            and not (countries_of(owner := words.text(begin, cut)) or capital_of(owner))
        ):
            continue
        if begin < cut:
            yield begin, cut
        begin = cut + 1


def _says_where(words: Words, start: int, position: int) -> bool:
    """Whether a preposition joins two names: "Democratic Forces near Kobani", "Police in Raqqa" at the start."""
    word = words.texts[position]
    return word in _BESIDE or (word == "in" and position - start == 1 and words.starts[start])


_BESIDE = frozenset({"near", "outside", "inside", "around"})


def _inside_name(words: Words, cut: int, end: int) -> bool:
    """Whether what follows a possessive is the rest of an institution's name rather than another name."""
    rest = [word for word in words.texts[cut + 1 : end] if word[:1].isupper()]
    return bool(rest) and rest[-1].lower() in _INSTITUTIONS


def _ends_line(words: Words, position: int) -> bool:
    """Whether a line break ends what stands before it; a line that was only wrapped goes on."""
    return words.texts[position].count("\n") > 1 or position + 1 >= len(words) or words.starts[position + 1]


_INSTITUTIONS = frozenset(
    "hospital university college school church cathedral party committee council office court union association army "
    "front units congress commission bureau department ministry agency police republic day club fund bank "
    "brigades brigade movement guard forces alliance organization organisation federation centre center "
    "institute".split()
)


def _trimmed(words: Words, start: int, end: int, label: str) -> tuple[int, int]:
    texts = words.texts
    while start < end and (
        texts[start] in _EDGES or texts[start].isspace() or texts[start].lower() in ("the", "a", "an")
    ):
        start += 1
    while start < end and (
        texts[end - 1] in _POSSESSIVES
        or texts[end - 1].isspace()
        or (texts[end - 1] in _EDGES and texts[end - 1] != ")")
    ):
        end -= 1
    while start < end - 1 and words.tags[end - 1] in ("IN", "DT", "CC", "TO"):
        end -= 1
    if label == "PERSON":
        while (
            start < end - 1
            and (is_title(texts[start]) or texts[start].rstrip(".").islower())
            and texts[start] not in _PARTICLES
        ):
            start += 1
        if start == end - 1 and is_title(texts[start]) and _before_name(words, end):
            return start, start
    # "Banning Huawei", "Dubbed Skookumjim": a verb with the capital of its sentence.
    if (
        start < end - 1
        and words.tags[start] in ("VBG", "VBN", "VBD", "VB", "IN", "CC", "DT", "RB")
        and words.starts[start]
    ):
        start += 1
    return start, end


_PARTICLES = frozenset(
    "al el bin ibn abu de da di del della dos du la le van von der ter ten ben ould wa as ar ash at ad y e".split()
)


def _before_name(words: Words, end: int) -> bool:
    """Whether an abbreviated title goes on into a name: "Col. Azad"."""
    return words.texts[end - 1].endswith(".") or words.texts[end : end + 1] == ["."]


def _is_name(words: Words, start: int, end: int, label: str) -> bool:
    """A name has a capital somewhere, and is no address or number."""
    text = words.text(start, end)
    if words.texts[max(0, start - 1) : start] == ["["] and words.texts[end : end + 1] == ["]"] and end - start == 1:
        return False  # "[Text]", "[Excerpt]": the desk's own marks
    if "://" in text or text.startswith("www.") or "@" in text:
        return False
    if label == "NORP":
        return True
    # "Army helicopters", "Next report": an ordinary word with the capital of its sentence
    if end - start == 1 and words.starts[start] and (words.tags[start][:3] != "NNP" or is_head(text)):
        return False
    return any(character.isupper() for character in text) and any(character.isalpha() for character in text)
