from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles import RawArticle
from pipeline.io import read_articles
from pipeline.repair import repair_text

GOOD = [
    "“Ten died,” he said – it’s over… at the café",
    "São João NÃO É AÇÃO; L’été à Paris, ça va… «ça»; Zürich, Ærø, Þingvellir, ÎLE, Ýmir",
    "Łódź – Žižkov – Škoda; Đà Nẵng, Việt Nam; Ağrı, Şırnak, Diyarbakır; Kurdî: Şêx Meqsûd",
    "ʿAyn al-ʿArab, Zākhō, al-Ḥasakah, Dêrik, Gozarto, Bēth Zabday",
    "قتل عشرة أشخاص في القامشلي",
    "ܩܡܫܠܝ ܙܠܝܢ",
    "Взрыв прогремел в городе",
    "Θεσσαλονίκη; ירושלים; 東京で爆発; 한국",
    "5 °C ± 2 µm ½ €10 £5 ¥3 § 4 © ® ™ • 100 % №",
    "&amp; &eacute; ﬁne ＡＢＣ e\u0301 \u00a0\u200b\u202e\u2066 👩\u200d🚀",
    "half \ufffd a character",
    "line\r\nline\x0bline\x0cline\u2028line",
]


@pytest.mark.parametrize("text", GOOD)
def test_text_that_is_as_it_was_meant_stays_to_the_character(text: str) -> None:
    assert repair_text(text) == (text, None)


def misread(text: str, encoding: str) -> str:
    """UTF-8 read as another encoding, byte by byte, as browsers do it: what it lacks becomes a control character."""
    chars = []
    for byte in text.encode():
        try:
            chars.append(bytes([byte]).decode(encoding))
        except UnicodeDecodeError:
            chars.append(chr(byte))
    return "".join(chars)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", ["“Ten died” – police", "The café in Zürich", "the road to Dêrik", "مقتل عشرة"])
def test_utf_8_that_was_read_as_something_else_is_repaired(text: str, encoding: str) -> None:
    wrong = misread(text, encoding)
    fixed, example = repair_text(wrong)
    assert fixed == text
    assert example is not None
    assert example[0] in wrong
    assert example[1] in text


def test_windows_quotation_marks_that_became_control_characters_are_repaired() -> None:
    assert repair_text("\x93Ten died\x94 \x96 it\x92s over")[0] == "“Ten died” – it’s over"


def test_only_the_lines_that_are_wrong_change() -> None:
    text = "“Ten died” – café\r\nThe cafÃ© was hit\r\n&amp; it\u2019s \ufb01ne"
    assert repair_text(text)[0] == "“Ten died” – café\r\nThe café was hit\r\n&amp; it\u2019s \ufb01ne"


@given(st.text(st.characters(codec="ascii"), max_size=200))
def test_ascii_is_never_touched(text: str) -> None:
    assert repair_text(text) == (text, None)


@given(st.text(max_size=100))
def test_repair_takes_any_text_and_keeps_its_lines(text: str) -> None:
    fixed, example = repair_text(text)
    assert (example is None) == (fixed == text)
    assert fixed.count("\n") == text.count("\n")


def article(path: Path, values: dict[str, str]) -> RawArticle:
    path.write_text(json.dumps(values), encoding="utf-8")
    (found,) = read_articles(path)
    assert isinstance(found, RawArticle)
    return found


def test_article_says_that_it_was_repaired_and_its_body_starts_where_the_repaired_one_does(tmp_path: Path) -> None:
    found = article(
        tmp_path / "a.json", {"title": "CafÃ© hit", "text": "Ten died in the cafÃ© in Homs.", "source": "CafÃ©"}
    )
    assert found.text == "Café hit\n\nTen died in the café in Homs."
    assert found.text[found.body_start :] == "Ten died in the café in Homs."
    assert (found.title, found.source) == ("Café hit", "Café")
    assert {notice.code for notice in found.notices} == {"mojibake_repaired"}
    assert "offsets refer to the repaired text" in found.notices[0].message


def test_control_characters_are_kept_and_told(tmp_path: Path) -> None:
    text = "Ten died in Ho\0ms, \x1b[1mpolice\x1b[0m said on Monday, after a blast in the north of the town."
    found = article(tmp_path / "a.json", {"text": text})
    assert found.text == text
    (notice,) = found.notices
    assert (notice.code, notice.message) == (
        "control_characters",
        "3 control characters were kept, the first (U+0000) at 14",
    )
