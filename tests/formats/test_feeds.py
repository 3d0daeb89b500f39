from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.articles import Failure, RawArticle

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Euphrates Agency</title><link>https://news.example</link>
<item><title>Ten hurt in Qamishli</title><link>https://news.example/1</link><guid>wire-1</guid>
<pubDate>Thu, 27 Aug 2020 23:30:00 -0500</pubDate>
<description>Ten people were hurt.</description>
<content:encoded><![CDATA[<p>Ten people were hurt in Qamishli on <b>Monday</b>.</p>
<p>Two &amp; more died.</p>]]></content:encoded>
</item>
<item><title>Two die in Homs</title><link>https://news.example/2</link>
<pubDate>26 Aug 2020 08:00:00 GMT</pubDate><description>Two people died in Homs.</description></item>
</channel></rss>"""
ITEM = "<item><description>Two people died in Homs.</description></item>"
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Euphrates Agency</title>
<entry><id>tag:news.example,2020:1</id><title type="html">Ten hurt in &lt;i&gt;Qamishli&lt;/i&gt;</title>
<link href="https://news.example/1"/><published>2020-08-27T10:00:00Z</published><updated>2024-01-01T00:00:00Z</updated>
<content type="html">&lt;p&gt;Ten people were hurt.&lt;/p&gt;</content></entry>
<entry><id>tag:news.example,2020:2</id><title>Two die</title><updated>2024-01-01T00:00:00Z</updated>
<summary>Two died at 1 &lt; 2 places.</summary></entry></feed>"""


def articles(found: list[Any]) -> list[RawArticle]:
    assert all(isinstance(item, RawArticle) for item in found), found
    return found


def test_rss_gives_one_article_for_each_entry_with_its_full_content(read_bytes: Callable[..., Any]) -> None:
    first, second = articles(read_bytes("a.rss", RSS))
    body = "Ten people were hurt in Qamishli on Monday.\n\nTwo & more died."
    assert first == RawArticle(
        id="wire-1",
        text=f"Ten hurt in Qamishli\n\n{body}",
        title="Ten hurt in Qamishli",
        published="2020-08-27",  # as it is written, not the next day in Greenwich
        source="Euphrates Agency",
        url="https://news.example/1",
        path="a.rss",
        body_start=22,
    )
    assert (second.id, second.published) == ("a.rss#2", "2020-08-26")
    assert second.text.endswith("Two people died in Homs.")


def test_atom_takes_the_date_of_publication_and_never_that_of_a_change(read_bytes: Callable[..., Any]) -> None:
    first, second = articles(read_bytes("a.atom", ATOM))
    assert (first.id, first.title, first.published) == ("tag:news.example,2020:1", "Ten hurt in Qamishli", "2020-08-27")
    assert first.text == "Ten hurt in Qamishli\n\nTen people were hurt."
    assert second.published is None
    assert second.text == "Two die\n\nTwo died at 1 < 2 places."


def test_feed_is_told_by_its_content_where_it_has_no_name(read_bytes: Callable[..., Any]) -> None:
    assert len(articles(read_bytes("a.xml", RSS))) == 2


def test_xml_that_is_no_feed_is_the_wrong_type(read_bytes: Callable[..., Any]) -> None:
    (found,) = read_bytes("a.xml", "<?xml version='1.0'?><invoice><total>3</total></invoice>")
    assert isinstance(found, Failure)
    assert found.reason == "wrong_type"


def test_feed_without_entries_is_empty(read_bytes: Callable[..., Any]) -> None:
    (found,) = read_bytes("a.rss", RSS[: RSS.index("<item>")] + "</channel></rss>")
    assert isinstance(found, Failure)
    assert found.reason == "empty"


def test_entry_without_text_fails_and_the_next_is_read(read_bytes: Callable[..., Any]) -> None:
    items = "<item><guid>1</guid><description><![CDATA[<img src='a.png'>]]></description></item>" + ITEM
    bad, good = read_bytes("a.rss", f"<rss version='2.0'><channel>{items}</channel></rss>")
    assert isinstance(bad, Failure)
    assert bad.reason == "empty"
    assert isinstance(good, RawArticle)


def test_feed_that_is_cut_off_says_so_in_every_entry(read_bytes: Callable[..., Any]) -> None:
    found = read_bytes("a.rss", RSS[: RSS.index("in Homs.</desc")])
    assert [notice.code for item in articles(found) for notice in item.notices] == ["damaged_feed", "damaged_feed"]


def test_entry_that_cannot_be_told_apart_is_a_failure(read_bytes: Callable[..., Any]) -> None:
    damaged = f"<rss version='2.0'><channel>{ITEM}<!-- never closed {ITEM}{ITEM}</channel></rss>"
    found = read_bytes("a.rss", damaged)
    assert [getattr(item, "reason", "read") for item in found] == ["read", "unreadable"]
    assert "2 more of its entries" in found[1].message


def test_feed_in_another_encoding_than_it_names_is_read_with_a_notice(read_bytes: Callable[..., Any]) -> None:
    found = articles(read_bytes("a.rss", RSS.replace("Two people died", "“Two” died").encode("cp1252")))
    assert "“Two” died" in found[1].text
    assert [notice.code for notice in found[1].notices] == ["encoding_guessed"]


def test_feed_with_entities_that_grow_without_end_is_harmless(read_bytes: Callable[..., Any]) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    hostile = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>' + RSS.partition("?>")[2].replace(
        "Two people died", "&l11; died"
    )
    found = read_bytes("a.rss", hostile)
    assert all(len(item.text) < 1000 for item in found if isinstance(item, RawArticle))


def test_feed_never_reads_files_that_it_names(read_bytes: Callable[..., Any], tmp_path: Any) -> None:
    (tmp_path / "secret").write_text("hidden words")
    hostile = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>' + RSS.partition(
        "?>"
    )[2].replace("Two people died", "&x; died")
    found = read_bytes("a.rss", hostile)
    assert "hidden" not in "".join(item.text for item in found if isinstance(item, RawArticle))
