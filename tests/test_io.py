from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import formats
from pipeline.articles import REASONS, Failure, RawArticle, iso_date
from pipeline.errors import InputError
from pipeline.formats import base, plain
from pipeline.io import read_articles
from pipeline.repair import repair_text

any_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def read(source: Path, **options: Any) -> list[RawArticle | Failure]:
    return list(read_articles(source, **options))


def read_one(path: Path, content: bytes | str, **options: Any) -> RawArticle | Failure:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = read(path, **options)
    return found


def article(path: Path, content: bytes | str, **options: Any) -> RawArticle:
    found = read_one(path, content, **options)
    assert isinstance(found, RawArticle), found
    return found


def failure(path: Path, content: bytes | str, **options: Any) -> Failure:
    found = read_one(path, content, **options)
    assert isinstance(found, Failure), found
    assert found.reason in REASONS
    return found


# Plain text


def test_text_is_unchanged_to_the_character(tmp_path: Path) -> None:
    text = "Blast in Homs\r\n\r\n  Ten died.\tTwo\xa0hurt. \r\n"
    found = article(tmp_path / "a.txt", text)
    assert (found.text, found.title, found.body_start) == (text, "Blast in Homs", 0)
    assert (found.id, found.path) == ("a.txt", "a.txt")


def test_text_of_one_line_has_no_title(tmp_path: Path) -> None:
    assert article(tmp_path / "a.txt", "Ten people died in Homs.\n").title is None


def test_text_whose_first_line_is_a_paragraph_has_no_title(tmp_path: Path) -> None:
    assert article(tmp_path / "a.txt", "Ten died. " * 40 + "\n\nMore followed.").title is None


def test_text_with_a_byte_order_mark_begins_after_it(tmp_path: Path) -> None:
    assert article(tmp_path / "a.txt", b"\xef\xbb\xbfTen died.").text == "Ten died."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_text_with_another_byte_order_mark_is_decoded(tmp_path: Path, encoding: str) -> None:
    assert article(tmp_path / "a.txt", "Ten died in Zākhō.".encode(encoding)).text == "Ten died in Zākhō."


def test_text_in_latin_1_is_read_with_a_notice(tmp_path: Path) -> None:
    found = article(tmp_path / "a.txt", "A café was hit in Deraa.".encode("latin-1"))
    assert found.text == "A café was hit in Deraa."
    assert [notice.code for notice in found.notices] == ["encoding_guessed"]


def test_text_in_windows_1252_keeps_its_quotation_marks(tmp_path: Path) -> None:
    assert article(tmp_path / "a.txt", "“Ten died” – police".encode("cp1252")).text == "“Ten died” – police"


def test_text_in_cyrillic_is_detected(tmp_path: Path) -> None:
    text = "Взрыв прогремел в городе, погибли десять человек, сообщила полиция"
    assert article(tmp_path / "a.txt", text.encode("cp1251")).text == text


def test_markdown_title_loses_its_hashes_and_the_text_keeps_them(tmp_path: Path) -> None:
    found = article(tmp_path / "a.md", "# Blast in Homs\n\nTen died.")
    assert (found.title, found.text) == ("Blast in Homs", "# Blast in Homs\n\nTen died.")


def test_front_matter_gives_the_fields_and_is_no_part_of_the_text(tmp_path: Path) -> None:
    front = "---\nid: wire-7\npublished: 2020-08-27\nsource: Agency\nurl: u\nauthor: X\n---\n"
    found = article(tmp_path / "a.md", front + "Blast in Homs\n\nTen died.")
    assert found == RawArticle(
        id="wire-7",
        text="Blast in Homs\n\nTen died.",
        title="Blast in Homs",
        published="2020-08-27",
        source="Agency",
        url="u",
        path="a.md",
    )


def test_front_matter_title_is_a_title_of_its_own(tmp_path: Path) -> None:
    found = article(tmp_path / "a.md", "---\ntitle: Blast\n---\nTen died.\nTwo hurt.")
    assert (found.title, found.text, found.body_start) == ("Blast", "Blast\n\nTen died.\nTwo hurt.", 7)


@pytest.mark.parametrize("text", ["---\nno keys\n---\nTen died.", "---\nTen died.", "---\n[1, \n---\nTen died."])
def test_dashes_that_are_no_front_matter_stay_in_the_text(tmp_path: Path, text: str) -> None:
    assert article(tmp_path / "a.txt", text).text == text


# Pages


PAGE = """<html><head><title>Ten hurt in Qamishli - Agency</title>
<meta property="article:published_time" content="2020-08-27T10:00:00Z"></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Ten hurt in Qamishli</h1>
<p>Ten people were hurt in a blast in Qamishli on Monday, officials said at the scene.</p>
<p>Nobody had claimed the attack by the evening, and the road was closed.</p></article></body></html>"""


def test_page_gives_main_text_title_and_stated_date(tmp_path: Path) -> None:
    found = article(tmp_path / "a.html", PAGE)
    assert "Ten people were hurt in a blast" in found.text
    assert "Home" not in found.text
    assert found.published == "2020-08-27"
    assert found.title == "Ten hurt in Qamishli"
    assert found.text.count("Ten hurt in Qamishli") == 1


def test_page_paragraphs_are_parted_by_a_blank_line(tmp_path: Path) -> None:
    assert "at the scene.\n\nNobody" in article(tmp_path / "a.html", PAGE).text


def test_page_in_its_declared_encoding(tmp_path: Path) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-2">').replace("officials", "Łukasz Żak")
    assert "Łukasz Żak said" in article(tmp_path / "a.html", page.encode("iso-8859-2")).text


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<p", "just words?"])
def test_page_without_main_text_is_empty_or_words(tmp_path: Path, page: str) -> None:
    found = read_one(tmp_path / "a.html", page)
    assert isinstance(found, RawArticle) or found.reason == "empty"


def test_page_of_five_megabytes_is_read(tmp_path: Path) -> None:
    paragraph = "<p>Ten people were hurt in a blast in Qamishli on Monday, officials said at the scene.</p>\n"
    page = f"<html><body><article>{paragraph * 1_000}</article><script>{'x' * 5_000_000}</script></body></html>"
    assert "Ten people were hurt" in article(tmp_path / "a.html", page).text


# JSON


def test_json_object_with_a_title_puts_it_before_the_text(tmp_path: Path) -> None:
    found = article(tmp_path / "a.json", json.dumps({"id": 7, "title": "Blast", "text": "Ten died.", "extra": [1]}))
    assert (found.id, found.text, found.body_start) == ("7", "Blast\n\nTen died.", 7)


def test_json_list_is_numbered_from_one(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"text": "Ten died."}, {"text": "Two hurt.", "id": "b"}]')
    assert [item.id for item in read(tmp_path / "a.json")] == ["a.json#1", "b"]


def test_json_list_longer_than_a_chunk_is_streamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "_CHUNK", 7)
    texts = [f"Ten died in Zākhō, {n}. " * (n % 5 + 1) for n in range(40)]
    (tmp_path / "a.json").write_text(json.dumps([{"text": text} for text in texts], ensure_ascii=False, indent=1))
    assert [item.text for item in read(tmp_path / "a.json") if isinstance(item, RawArticle)] == texts


def test_json_list_that_is_cut_short_loses_its_last_element_alone(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"text": "Ten died."}, {"text": "Two hu')
    first, second = read(tmp_path / "a.json")
    assert isinstance(first, RawArticle)
    assert isinstance(second, Failure)
    assert (second.id, second.reason) == ("a.json#2", "bad_json")
    assert "not read" in second.message


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "Ten di', "bad_json"),
        ('{"text": 5}', "wrong_type"),
        ('{"txt": "Ten died."}', "wrong_type"),
        ("[1]", "wrong_type"),
        ('"Ten died."', "wrong_type"),
        ('{"text": " \\n"}', "empty"),
        ('{"text": "half \\ud83d pair"}', "not_text"),
        ('{"text": "fine", "id": "\\udead"}', "not_text"),
        ('{"text": ' + "1" * 5000 + "}", "bad_json"),
        ("[" * 100_000, "bad_json"),
    ],
)
def test_bad_json_line_is_one_failure_and_the_rest_goes_on(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "First."}}\n{line}\n\n{{"text": "Last."}}\n')
    first, bad, last = read(path)
    assert isinstance(bad, Failure)
    assert (bad.id, bad.path, bad.reason) == ("a.jsonl#2", "a.jsonl", reason)
    assert [found.id for found in (first, last)] == ["a.jsonl#1", "a.jsonl#4"]
    assert isinstance(first, RawArticle)
    assert isinstance(last, RawArticle)


def test_json_lines_in_utf_16_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"text": "Ten died."}\r\n{"text": "Two in Zākhō."}\r\n'.encode("utf-16"))
    assert [item.text for item in read(tmp_path / "a.jsonl") if isinstance(item, RawArticle)][1] == "Two in Zākhō."


def test_line_that_is_too_long_is_refused_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MAX_BYTES", 100)
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "x" * 450}) + '\n{"text": "Last."}')
    long, last = read(tmp_path / "a.jsonl")
    assert isinstance(long, Failure)
    assert long.reason == "too_long"
    assert isinstance(last, RawArticle)
    assert last.id == "a.jsonl#2"


# Tables


def write_csv(path: Path, rows: list[list[str]], delimiter: str = ",") -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_table_with_line_breaks_and_quotes_in_its_cells(tmp_path: Path, delimiter: str) -> None:
    text = 'She said: "Ten died"; two, hurt.\r\nMore.'
    write_csv(tmp_path / "a.csv", [["ID", "Text", "published"], ["w1", text, "2020-08-27"]], delimiter)
    (found,) = read(tmp_path / "a.csv")
    assert found == RawArticle(id="w1", text=text, published="2020-08-27", path="a.csv")


def test_table_with_a_cell_longer_than_the_csv_module_allows(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", [["text"], ["Ten died. " * 20_000]])
    (found,) = read(tmp_path / "a.csv")
    assert isinstance(found, RawArticle)
    assert len(found.text) == 200_000


def test_row_with_an_unquoted_comma_fails_instead_of_being_cut(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,id\nTen died, two hurt,w1\nTwo hurt,w2\n")
    bad, good = read(tmp_path / "a.csv")
    assert isinstance(bad, Failure)
    assert (bad.id, bad.reason) == ("a.csv#1", "bad_row")
    assert good.id == "w2"


def test_quote_that_is_never_closed_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('text\nTwo hurt\n"Ten died\nand more\n')
    good, bad = read(tmp_path / "a.csv")
    assert isinstance(good, RawArticle)
    assert isinstance(bad, Failure)
    assert bad.reason == "bad_row"


def test_table_without_a_text_column_says_what_it_has(tmp_path: Path) -> None:
    found = failure(tmp_path / "a.csv", "id,body\n1,Ten died\n")
    assert found.reason == "wrong_type"
    assert "id,body" in found.message


# Files and folders


def test_folder_is_read_in_sorted_order_with_its_failures_in_place(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "one.txt").write_text("Ten died.")
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "d.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / ".hidden.txt").write_text("Not read.")
    found = read(tmp_path)
    assert [(item.id, getattr(item, "reason", "read")) for item in found] == [
        ("a.txt", "empty"),
        ("b/one.txt", "read"),
        ("c.png", "wrong_type"),
        ("d.txt", "not_text"),
    ]


def test_folder_leaves_the_run_folder_inside_it_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "records.jsonl").write_text("{}")
    (tmp_path / "a.txt").write_text("Ten died.")
    assert [item.id for item in read(tmp_path, exclude=tmp_path / "out")] == ["a.txt"]


def test_broken_link_and_device_are_unreadable(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert [item.reason for item in read(tmp_path) if isinstance(item, Failure)] == ["unreadable", "unreadable"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_file_name_that_is_not_utf_8_is_shown_as_text(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("Ten died.")
    (found,) = read(tmp_path)
    assert found.id == "caf\ufffd.txt"


def test_same_id_twice_keeps_both_apart(tmp_path: Path) -> None:
    lines = [{"id": "x", "text": "One."}, {"id": "x", "text": "Two."}, {"id": "x~2", "text": "Three."}, {"id": "x"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "x", "text": "Five."}))
    found = read(tmp_path)
    assert [item.id for item in found] == ["x", "x~2", "x~2~2", "a.jsonl#4", "x~3"]
    codes = [[notice.code for notice in item.notices] for item in found if isinstance(item, RawArticle)]
    assert codes == [[], ["duplicate_id"], ["duplicate_id"], ["duplicate_id"]]


def test_article_longer_than_allowed_is_refused_with_its_length(tmp_path: Path) -> None:
    found = failure(tmp_path / "a.txt", "x" * 1001, max_chars=1000)
    assert found.reason == "too_long"
    assert found.message == (
        "1,001 characters, more than run.max_chars (1,000) allows; cut it into its articles, or raise the limit (and "
        "run.timeout_s): --set run.max_chars=1100"
    )


def test_file_larger_than_can_be_read_at_once_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MAX_BYTES", 10)
    assert failure(tmp_path / "a.txt", "Ten people died.").reason == "too_long"


def test_empty_file_of_rows_is_one_failure(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.json", "c.csv"):
        assert failure(tmp_path / name, b"[]" if name == "b.json" else b"text\n" if name == "c.csv" else b"\n")


def test_missing_source_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file or folder"):
        read_articles(tmp_path / "nowhere")


def test_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"'pdf'; formats: atom, csv, htm"):
        read_articles(tmp_path, kind="pdf")


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"Ten died.\nTwo hurt.", ["Ten died.\nTwo hurt."]),
        (b'{"text": "One."}\n{"text": "Two."}', ["One.", "Two."]),
        (b'[{"text": "One."}]', ["One."]),
        (b"[Damascus] Ten died.", ["[Damascus] Ten died."]),
    ],
)
def test_standard_input_is_read_as_what_it_looks_like(
    monkeypatch: pytest.MonkeyPatch, data: bytes, texts: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [item.text for item in read_articles("-") if isinstance(item, RawArticle)] == texts


# Dates of publication


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2009-03-20", "2009-03-20"),
        ("2009-03-20 12:24:52.00", "2009-03-20"),
        ("2009-03-20T23:59:59-08:00", "2009-03-20"),
        ("20090320", "2009-03-20"),
        ("Fri, 20 Mar 2009 12:24:52 GMT", "2009-03-20"),
        ("20 March 2009", "2009-03-20"),
        ("March 20, 2009", "2009-03-20"),
        ("03/04/2009", None),
        ("2009-13-45", None),
        ("2009", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_date_of_publication(written: str, day: str | None) -> None:
    assert iso_date(written) == day


def test_date_that_cannot_be_told_is_left_out_with_a_notice(tmp_path: Path) -> None:
    found = article(tmp_path / "a.json", '{"text": "Ten died.", "published": "03/04/2009"}')
    assert found.published is None
    assert [notice.code for notice in found.notices] == ["bad_date"]


def test_field_of_another_type_is_left_out_with_a_notice(tmp_path: Path) -> None:
    found = article(tmp_path / "a.json", '{"text": "Ten died.", "source": {"name": "Agency"}}')
    assert found.source is None
    assert [notice.code for notice in found.notices] == ["field_ignored"]


# Properties


def check(found: list[RawArticle | Failure]) -> None:
    assert found
    assert len({item.id for item in found}) == len(found)
    for item in found:
        if isinstance(item, Failure):
            assert item.reason in REASONS
        else:
            assert visible(item.text)
            item.text.encode()
            assert item.body_start <= len(item.text)


@any_folder
@given(data=st.binary(max_size=400), suffix=st.sampled_from(sorted(formats.READERS)))
def test_any_bytes_end_as_articles_or_failures(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    check(read(path))


@any_folder
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_survives_a_json_line_to_the_character(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": text}))
    (found,) = read(path)
    assert found.reason == "empty" if isinstance(found, Failure) else found.text == repair_text(text)[0]


@any_folder
@given(
    texts=st.lists(st.text(max_size=20), min_size=1, max_size=6),
    cut=st.integers(0, 200),
    junk=st.binary(max_size=6).filter(lambda data: b"\n" not in data),
)
def test_every_line_of_damaged_json_lines_is_told(tmp_path: Path, texts: list[str], cut: int, junk: bytes) -> None:
    whole = "\n".join(json.dumps({"text": text}) for text in texts).encode()
    damaged = whole[:cut] + junk + whole[cut + 1 :]
    path = tmp_path / "a.jsonl"
    path.write_bytes(damaged)
    found = read(path)
    check(found)
    lines = [line for line in damaged.split(b"\n") if line.strip(b" \t\r\n")]
    if not damaged.startswith((b"\xff\xfe", b"\xfe\xff")):
        assert len(found) == len(lines)


printable = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\r\n\t"), max_size=20)


@any_folder
@given(rows=st.lists(printable, min_size=1, max_size=6))
def test_every_row_of_a_table_is_told(tmp_path: Path, rows: list[str]) -> None:
    write_csv(tmp_path / "a.csv", [["id", "text"], *([str(n), text] for n, text in enumerate(rows))])
    found = read(tmp_path / "a.csv")
    check(found)
    assert len(found) == len(rows)
    assert [item.text for item in found if isinstance(item, RawArticle)] == [
        repair_text(row)[0] for row in rows if visible(row)
    ]


def visible(text: str) -> bool:
    return any(char.isprintable() and char != " " for char in text)
