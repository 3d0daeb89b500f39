from __future__ import annotations

import pandas as pd
import pytest
from spacy.language import Language
from spacy.tokens import Doc

import pipeline
from pipeline.articles import RawArticle
from pipeline.build import build_nlp
from pipeline.config import load_config
from pipeline.frames import Frames, extract_frames
from pipeline.tables import COLUMNS

TEXT = "Ten people were killed in an attack in Homs on Monday, police said."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_nlp(load_config())


@pytest.fixture(scope="module")
def frames(nlp: Language) -> Frames:
    day = "2020-08-27"
    return extract_frames(
        nlp, [{"text": TEXT, "id": "a", "published": day}, "", TEXT, {"text": TEXT, "id": "a"}, {"id": "b"}]
    )


def test_every_table_is_a_frame_with_its_columns(frames: Frames) -> None:
    for table, columns in COLUMNS.items():
        assert list(getattr(frames, table).columns) == list(columns)


def test_rows_of_all_texts_stand_in_their_order_and_ids_are_kept_apart(frames: Frames) -> None:
    assert list(frames.events["article_id"].unique()) == ["a", "text#3", "a~2"]
    assert frames.events.loc[0, "date_earliest"] == "2020-08-24"
    assert frames.events.loc[0, "killed_best"] == 10
    assert frames.events["date_earliest"].isna().tolist() == [False, True, True]


def test_text_that_becomes_no_record_is_a_row_of_failures(frames: Frames) -> None:
    assert frames.failures[["id", "reason"]].to_numpy().tolist() == [["text#2", "empty"], ["b", "wrong_type"]]


def test_offsets_point_into_the_text_as_it_was_given(nlp: Language) -> None:
    text = "The cafÃ© was closed. " + TEXT
    row = extract_frames(nlp, text).events.iloc[0]
    assert text[row["trigger_start"] : row["trigger_end"]] == row["trigger"]


def test_data_frame_of_articles_with_gaps_and_timestamps_is_read(nlp: Language) -> None:
    given = pd.DataFrame(
        {
            "id": [7, 8],
            "text": [TEXT, TEXT],
            "published": [pd.Timestamp("2020-08-27"), pd.NaT],
            "source": ["Wire", float("nan")],
        }
    )
    found = extract_frames(nlp, given).events
    assert found["article_id"].tolist() == ["7", "8"]
    assert (found.at[0, "published"], found.at[0, "article_source"]) == ("2020-08-27", "Wire")
    assert found["published"].isna().tolist() == found["article_source"].isna().tolist() == [False, True]


def test_articles_that_were_read_are_taken_as_they_are(nlp: Language) -> None:
    found = extract_frames(nlp, iter([RawArticle(id="x", text=TEXT)]))
    assert found.places["place_name"].tolist() == ["Homs"]


def test_stage_that_fails_is_a_failure_with_its_name(nlp: Language) -> None:
    def stage(doc: Doc) -> Doc:
        raise ValueError(len(doc))

    Language.component("toy_failing", func=stage)
    blank = build_nlp(load_config(overrides=["stages={sentences: {}}"]))
    blank.add_pipe("toy_failing")
    failures = extract_frames(blank, [TEXT]).failures
    assert failures[["reason", "stage"]].to_numpy().tolist() == [["stage_error", "toy_failing"]]


def test_no_text_gives_empty_tables(nlp: Language) -> None:
    found = extract_frames(nlp, [])
    assert found.events.empty
    assert found.failures.empty


def test_record_of_a_doc_is_the_record_of_its_text(nlp: Language) -> None:
    assert pipeline.to_record(nlp(TEXT)).events == pipeline.extract(nlp, TEXT).events
