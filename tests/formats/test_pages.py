from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.articles import Failure, RawArticle
from pipeline.formats.pages import fragment_text

BODY = """<article><h1>Ten hurt in Qamishli</h1>
<p>Ten people were hurt in a blast in Qamishli on Monday, officials said at the scene.</p>
<p>Nobody had claimed the attack by the evening, and the road was closed.</p></article>"""


@pytest.fixture
def page(read_bytes: Callable[..., Any]) -> Callable[..., RawArticle]:
    def read(head: str = "", body: str = BODY) -> RawArticle:
        html = f"<html><head><title>Ten hurt in Qamishli</title>{head}</head><body>{body}</body></html>"
        (found,) = read_bytes("a.html", html)
        assert isinstance(found, RawArticle), found
        return found

    return read


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2020-08-27T23:30:00-05:00">',
        '<meta name="pubdate" content="Thu, 27 Aug 2020 10:00:00 GMT">',
        '<meta name="DC.date.issued" content="2020-08-27">',
        '<meta name="citation_publication_date" content="2020/08/27">',
        '<meta itemprop="datePublished" content="2020-08-27">',
        json_ld('{"@type": "NewsArticle", "datePublished": "2020-08-27T10:00:00+03:00"}'),
        json_ld(
            '{"@graph": [{"@type": "WebPage"}, {"@type": ["ReportageNewsArticle"], "datePublished": "2020-08-27"}]}'
        ),
        json_ld('[{"@type": "BlogPosting", "datePublished": "August 27, 2020"}]'),
    ],
)
def test_page_date_is_the_one_that_the_head_states(page: Callable[..., RawArticle], head: str) -> None:
    assert page(head).published == "2020-08-27"


@pytest.mark.parametrize(
    "mark",
    [
        '<time itemprop="datePublished" datetime="2020-08-27T10:00">27 August</time>',
        '<time pubdate datetime="2020-08-27">27 August</time>',
        '<time class="entry-date published" datetime="2020-08-27">27 August</time>',
        '<span class="dt-published" title="2020-08-27">27 August</span>',
    ],
)
def test_page_date_is_the_one_that_the_body_marks(page: Callable[..., RawArticle], mark: str) -> None:
    assert page(body=BODY.replace("</h1>", f"</h1>{mark}")).published == "2020-08-27"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:modified_time" content="2024-01-01">', BODY),
        ('<meta property="og:updated_time" content="2024-01-01">', BODY),
        (json_ld('{"@type": "NewsArticle", "dateModified": "2024-01-01"}'), BODY),
        (json_ld('{"@type": "Event", "datePublished": "2024-01-01"}'), BODY),
        (json_ld('{"@type": "NewsArticle", "datePublished": "0001-01-01T00:00:00"}'), BODY),
        ('<meta name="date" content="1970-01-01T00:00:00Z">', BODY),
        ("", f"<header>Tuesday, 2 January 2024</header>{BODY}"),
        ("", f"{BODY}<footer>© 2019-2024 Agency. Printed 2024-01-02.</footer>"),
        ("", f'{BODY}<aside><time datetime="2024-01-02">2 January 2024</time> Another story</aside>'),
        (
            "",
            BODY + "".join(f'<time class="published" datetime="2024-01-0{day}">A</time>' for day in (2, 3)),
        ),
        (json_ld("{not json"), BODY),
    ],
)
def test_page_that_does_not_state_its_date_has_none(page: Callable[..., RawArticle], head: str, body: str) -> None:
    found = page(head, body)
    assert found.published is None
    assert found.notices == ()


def test_page_among_several_articles_has_the_date_of_the_one_at_its_address(page: Callable[..., RawArticle]) -> None:
    stories = json_ld(
        '[{"@type": "NewsArticle", "url": "https://a.example/other", "datePublished": "2024-01-02"},'
        '{"@type": "NewsArticle", "mainEntityOfPage": {"@id": "https://a.example/blast/"},'
        '"datePublished": "2020-08-27"}]'
    )
    assert page(stories).published is None
    assert page(stories + '<link rel="canonical" href="https://a.example/blast">').published == "2020-08-27"


def test_page_with_an_unreadable_date_has_none_and_says_so(page: Callable[..., RawArticle]) -> None:
    found = page('<meta property="article:published_time" content="03/04/2020">')
    assert found.published is None
    assert [notice.code for notice in found.notices] == ["bad_date"]


def test_page_without_a_stated_date_takes_the_one_in_its_address_and_says_so(page: Callable[..., RawArticle]) -> None:
    found = page('<link rel="canonical" href="https://news.example/2020/08/27/ten-hurt">')
    assert found.published == "2020-08-27"
    assert [notice.code for notice in found.notices] == ["date_from_url"]
    assert page('<link rel="canonical" href="https://news.example/2020/13/27/ten-hurt">').published is None


def test_page_gives_its_address_and_the_name_of_its_site(page: Callable[..., RawArticle]) -> None:
    link = '<link rel="canonical" href="https://news.example.org/blast">'
    found = page(link + '<meta property="og:site_name" content="Euphrates Agency">')
    assert (found.url, found.source) == ("https://news.example.org/blast", "Euphrates Agency")
    assert page(link).source == "news.example.org"
    assert page().source is None


@pytest.mark.parametrize("charset", ["windows-1256", "iso-8859-6"])
def test_arabic_page_is_read_in_the_encoding_that_it_names(read_bytes: Callable[..., Any], charset: str) -> None:
    arabic = "قتل عشرة أشخاص في انفجار سيارة في مدينة القامشلي يوم الاثنين حسب مسؤولين في المدينة"
    html = f'<html><head><meta charset="{charset}"></head><body><article><p>{arabic}</p></article></body></html>'
    (found,) = read_bytes("a.html", html.encode(charset))
    assert isinstance(found, RawArticle)
    assert found.text == arabic


@pytest.mark.parametrize("name", ["unicode_escape", "hex", "undefined", "idna", "punycode", "no-such-encoding"])
def test_charset_that_no_page_can_be_in_is_passed_over(read_bytes: Callable[..., Any], name: str) -> None:
    html = f'<html><head><meta charset="{name}"></head><body>{BODY.replace("officials", "café")}</body></html>'
    (found,) = read_bytes("a.html", html.encode("cp1252"))
    assert isinstance(found, RawArticle)
    assert "café said" in found.text


def test_page_that_calls_itself_latin_1_keeps_its_windows_quotation_marks(read_bytes: Callable[..., Any]) -> None:
    html = (
        f'<html><head><meta charset="iso-8859-1"></head><body>{BODY.replace("officials", "“officials”")}</body></html>'
    )
    (found,) = read_bytes("a.html", html.encode("cp1252"))
    assert isinstance(found, RawArticle)
    assert "“officials” said" in found.text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Ten died.", "Ten died."),
        ("<p>Ten <b>died</b> in\n Homs.</p><p>Two hurt.</p>", "Ten died in Homs.\n\nTwo hurt."),
        ("One<br/>two", "One\ntwo"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ("A &lt;b&gt; &amp; c", "A <b> & c"),
        ("<script>x()</script>Kept.<!-- not --> Also.", "Kept. Also."),
        ("", ""),
        ("<div>" * 1000 + "deep", "deep"),
    ],
)
def test_fragment_text(html: str, text: str) -> None:
    assert fragment_text(html) == text


def test_page_nested_too_deep_is_refused_instead_of_cut(read_bytes: Callable[..., Any]) -> None:
    (found,) = read_bytes("a.html", f"<html><body>{BODY}{'<div>' * 3000}<p>lost</p></body></html>")
    assert isinstance(found, Failure)
    assert found.reason == "unreadable"
    assert "deep" in found.message


def test_broken_markup_is_not_talked_about(page: Callable[..., RawArticle], capfd: pytest.CaptureFixture[str]) -> None:
    page(json_ld('{"@type": "NewsArticle", "author": [[{"name": 7}], 3], "publisher": "x",'))
    page('<meta property="og:url" content="http://[bad"><link rel="canonical" href="::">')
    assert capfd.readouterr() == ("", "")
