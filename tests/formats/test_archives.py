from __future__ import annotations

import gzip
import io
import json
import struct
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.articles import Failure, RawArticle
from pipeline.formats import archives, base, sniff, suffix_of
from pipeline.formats.archives import member_path
from pipeline.io import Meter, read_articles


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def told(found: list[Any]) -> list[tuple[str, str]]:
    return [(item.id, item.reason if isinstance(item, Failure) else "read") for item in found]


ROWS = '{"text": "Ten died."}\n{"text": "Two hurt.", "id": "w2"}\n'


def test_zip_members_keep_their_paths_in_the_archives_order(read_bytes: Callable[..., Any]) -> None:
    data = zipped(
        {"2020/b.txt": "Ten died.", "2020/": "", "a.jsonl": ROWS, "c/d/e.json.gz": gzip.compress(b'{"text": "x"}')}
    )
    found = read_bytes("wire.zip", data)
    assert told(found) == [
        ("wire.zip/2020/b.txt", "read"),
        ("wire.zip/a.jsonl#1", "read"),
        ("w2", "read"),
        ("wire.zip/c/d/e.json.gz", "read"),
    ]
    assert [item.path for item in found][1:3] == ["wire.zip/a.jsonl", "wire.zip/a.jsonl"]


def test_bad_members_each_have_a_reason_and_spoil_no_other(read_bytes: Callable[..., Any]) -> None:
    members: dict[str, bytes | str] = {
        "a.txt": "Ten died.",
        "b.png": b"\x89PNG",
        "c.zip": zipped({"x.txt": "inside"}),
        "d.txt": "",
        "e.txt": bytes(range(256)) * 8,
        "f.jsonl": '{"text": \n',
        "g.jsonl": "\n",
        "__MACOSX/._a.txt": "passed over",
        "z.txt": "Two hurt.",
    }
    found = read_bytes("wire.zip", zipped(members))
    assert told(found) == [
        ("wire.zip/a.txt", "read"),
        ("wire.zip/b.png", "wrong_type"),
        ("wire.zip/c.zip", "wrong_type"),
        ("wire.zip/d.txt", "empty"),
        ("wire.zip/e.txt", "not_text"),
        ("wire.zip/f.jsonl#1", "bad_json"),
        ("wire.zip/g.jsonl", "empty"),
        ("wire.zip/z.txt", "read"),
    ]
    assert "unpack the outer one" in found[2].message


def flagged(data: bytes, *, flag: int) -> bytes:
    """The archive with a bit set in the flags of its first member, in both of its headers."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.index(mark) + offset
        (bits,) = struct.unpack_from("<H", changed, at)
        struct.pack_into("<H", changed, at, bits | flag)
    return bytes(changed)


def test_encrypted_member_is_refused(read_bytes: Callable[..., Any]) -> None:
    data = flagged(zipped({"a.txt": "Ten died.", "b.txt": "Two hurt."}), flag=1)
    found = read_bytes("wire.zip", data)
    assert told(found) == [("wire.zip/a.txt", "unreadable"), ("wire.zip/b.txt", "read")]
    assert "encrypted" in found[0].message


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_member_compressed_otherwise_is_refused(read_bytes: Callable[..., Any], method: int) -> None:
    (found,) = read_bytes("wire.zip", zipped({"a.txt": "Ten died. " * 100}, method))
    assert isinstance(found, Failure)
    assert found.reason == "unreadable"
    assert "deflate" in found.message


def test_member_whose_bytes_are_damaged_is_refused(read_bytes: Callable[..., Any]) -> None:
    data = bytearray(zipped({"a.txt": "Ten people died. " * 9, "b.txt": "Two hurt."}, zipfile.ZIP_STORED))
    data[data.index(b"people")] ^= 1
    assert told(read_bytes("wire.zip", bytes(data))) == [("wire.zip/a.txt", "unreadable"), ("wire.zip/b.txt", "read")]


def test_archive_that_is_cut_off_is_one_failure(read_bytes: Callable[..., Any]) -> None:
    assert told(read_bytes("wire.zip", zipped({"a.txt": "Ten died."})[:-30])) == [("wire.zip", "unreadable")]


def test_bomb_in_an_archive_is_refused_unopened(
    read_bytes: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "MAX_BYTES", 10_000)
    bomb = {"a.jsonl": b" " * 100_000}
    assert told(read_bytes("bomb.zip", zipped(bomb))) == [("bomb.zip", "too_long")]
    beside = zipped({**bomb, "b.txt": "Two hurt.", "c.txt": bytes(range(256))})
    assert told(read_bytes("mixed.zip", beside))[:2] == [("mixed.zip/a.jsonl", "too_long"), ("mixed.zip/b.txt", "read")]


def test_bomb_in_gzip_is_stopped_while_it_unpacks(
    read_bytes: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "MAX_BYTES", 100_000)
    found = read_bytes("a.jsonl.gz", gzip.compress(ROWS.encode()) + gzip.compress(b"\n" * 3_000_000))
    assert told(found) == [("a.jsonl.gz#1", "read"), ("w2", "read"), ("a.jsonl.gz", "too_long")]


def test_paths_that_lead_out_of_the_archive_name_articles_and_nothing_else(
    read_bytes: Callable[..., Any], tmp_path: Path
) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    (folder / "wire.zip").write_bytes(zipped({"../../evil.txt": "Ten died.", "/etc/evil.txt": "Two hurt."}))
    before = sorted(path.name for path in tmp_path.rglob("*"))
    found = list(read_articles(folder))
    assert [item.id for item in found] == ["wire.zip/evil.txt", "wire.zip/etc/evil.txt"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_member_without_a_name_is_read_as_text(read_bytes: Callable[..., Any]) -> None:
    data = zipped({"x": "Ten died."}, zipfile.ZIP_STORED).replace(b"x", b"\0")
    assert told(read_bytes("wire.zip", data)) == [("wire.zip/unnamed", "read")]


@pytest.mark.parametrize(
    ("name", "path"), [("a\\b.txt", "a/b.txt"), ("./a//b", "a/b"), ("..", "unnamed"), ("", "unnamed")]
)
def test_member_path(name: str, path: str) -> None:
    assert member_path(name) == path


def test_same_name_twice_in_an_archive_keeps_both_apart(read_bytes: Callable[..., Any]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "Ten died.")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "Two hurt.")
    found = read_bytes("wire.zip", out.getvalue())
    assert [(item.id, item.text) for item in found] == [
        ("wire.zip/a.txt", "Ten died."),
        ("wire.zip/a.txt~2", "Two hurt."),
    ]


@pytest.mark.parametrize(
    ("name", "content", "ids"),
    [
        ("a.jsonl.gz", ROWS, ["a.jsonl.gz#1", "w2"]),
        ("a.csv.gz", "id,text\n7,Ten died.\n", ["7"]),
        ("a.txt.gz", "Ten died.", ["a.txt.gz"]),
        ("A.JSONL.GZ", ROWS, ["A.JSONL.GZ#1", "w2"]),
    ],
)
def test_gzip_around_any_format(read_bytes: Callable[..., Any], name: str, content: str, ids: list[str]) -> None:
    found = read_bytes(name, gzip.compress(content.encode()))
    assert all(isinstance(item, RawArticle) for item in found)
    assert [item.id for item in found] == ids


def test_gzip_that_is_cut_off_keeps_the_lines_before_and_says_so(read_bytes: Callable[..., Any]) -> None:
    rows = "".join(json.dumps({"text": f"Ten died in {n}."}) + "\n" for n in range(5000))
    found = read_bytes("a.jsonl.gz", gzip.compress(rows.encode())[:-20])
    assert len(found) > 1000
    assert all(isinstance(item, RawArticle) for item in found[:-1])
    assert told(found[-1:]) == [("a.jsonl.gz", "unreadable")]
    assert "cut off" in found[-1].message


def test_gzip_that_is_none_is_unreadable(read_bytes: Callable[..., Any]) -> None:
    assert told(read_bytes("a.jsonl.gz", ROWS)) == [("a.jsonl.gz", "unreadable")]


def test_gzip_around_something_unknown_is_the_wrong_type(read_bytes: Callable[..., Any]) -> None:
    (found,) = read_bytes("a.tar.gz", gzip.compress(b"x"))
    assert isinstance(found, Failure)
    assert found.reason == "wrong_type"
    assert ".tar.gz" in found.message


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.TXT", ".txt"),
        ("a.b.jsonl.gz", ".jsonl.gz"),
        ("README", ".txt"),
        ("a.gz", ".gz"),
        ("x/y.z/a", ".txt"),
        ("a.", ".txt"),
    ],
)
def test_suffix_of(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (zipped({"a.txt": "x"}), ".zip"),
        (gzip.compress(b'{"text": "x"}'), ".jsonl.gz"),
        (gzip.compress(b"WARC/1.0\r\n"), ".warc.gz"),
        (b"WARC/1.1\r\n", ".warc"),
        (b"<?xml version='1.0'?><rss/>", ".xml"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html>", ".html"),
        (b"\x1f\x8brubbish", ".txt.gz"),
    ],
)
def test_stream_without_a_name_is_read_as_what_it_looks_like(data: bytes, suffix: str) -> None:
    assert sniff(io.BufferedReader(io.BytesIO(data))) == suffix


def test_archive_from_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    pipe = io.BufferedReader(Pipe(zipped({"a.txt": "Ten died."})))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(pipe))
    (found,) = read_articles("-")
    assert found.id == "stdin/a.txt"
    assert isinstance(found, RawArticle)


def test_meter_goes_forward_through_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "wire.zip"
    path.write_bytes(zipped({f"{n:02}.txt": f"{n} died. " * 50 for n in range(40)}, zipfile.ZIP_STORED))
    meter = Meter(path)
    shares = [meter.share() or 0.0 for _ in read_articles(path, meter=meter)]
    assert shares == sorted(shares)
    assert 0.3 < shares[20] < 0.7
    assert meter.share() == 1.0


def test_archive_is_never_held_in_memory_whole(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "wire.zip"
    row = json.dumps({"text": "Ten people died in Homs on Monday, officials said. " * 20}) + "\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(4):
            archive.writestr(f"{n}.jsonl", "".join(row.replace("Ten", str(k)) for k in range(4000)))
    tracemalloc.start()
    count = sum(isinstance(item, RawArticle) for item in read_articles(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 16_000
    assert peak < 4_000_000  # 17 MB unpacked


def test_ratio_of_a_bomb_is_far_from_that_of_news() -> None:
    news = "".join(f"{n} people were killed in attack number {n} in Homs.\n" for n in range(10_000)).encode()
    assert len(news) / len(gzip.compress(news)) < archives.BOMB_RATIO / 4
