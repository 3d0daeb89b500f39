"""What people and tools write, as opposed to what Dateline wrote itself: imported, and refused with a reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import spacy
from spacy.tokens import DocBin

from pipeline.convert import brat, conll, docbin, labelstudio, prodigy
from pipeline.convert.annotation import CHOICES, FLAGS, FREE, LAYERS, LINKS, Document, Mark, labels_of
from pipeline.convert.files import convert, detect, read
from pipeline.convert.gold import file_name, to_gold
from pipeline.convert.records import to_record
from pipeline.errors import ConfigError, GoldError, InputError
from pipeline.evaluation import evaluate_records
from pipeline.gold import load_gold
from pipeline.records import Record

TEXT = "🚒 Blast in Basra\r\n\r\nA blast killed at least four people in Basra on Friday, police said."


def at(words: str, nth: int = 1) -> tuple[int, int]:
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


SPANS = {
    "T1": ("GPE", at("Basra")),
    "T2": ("GPE", at("Basra", 2)),
    "T3": ("WHEN", at("Friday")),
    "T4": ("explosion", at("blast")),
    "T5": ("MENTION", at("Blast")),
    "T6": ("PARTICIPANT", at("at least four people")),
    "T7": ("killed", at("at least four")),
    "T8": ("VICTIMS", at("people")),
    "T9": ("CITED", at("police")),
}
EVENT = {"mention": "T5", "when": "T3", "place": "T2", "target": "T6", "casualty": "T7", "cited": "T9"}
DAY = {"earliest": "2024-05-03", "latest": "2024-05-03"}


def brat_folder(folder: Path) -> Path:
    """As annotators leave it: no file of ours beside the text, one of two mentions of a place resolved."""
    lines = [f"{id_}\t{label} {s} {e}\t{TEXT[s:e]}" for id_, (label, (s, e)) in SPANS.items()]
    lines += [
        f"E1\texplosion:T4 {' '.join(f'{role}:{target}' for role, target in EVENT.items())}",
        "A1\twhen_precision T3 day",
        "A2\tevent_main E1",
        "A3\tvictims_group T8 civilian",
        "#1\tAnnotatorNotes T1\tplace.gazetteer_id=geonames:99532; place.name=Basrah; place.lat=30.5; place.lon=47.78",
        "#6\tAnnotatorNotes T1\tplace.country=IQ",
        "A4\tentity_place_precision T1 settlement",
        f"#2\tAnnotatorNotes T3\tearliest={DAY['earliest']}; latest={DAY['latest']}",
        "#3\tAnnotatorNotes T7\tcount = 4/4/null",
        "#4\tAnnotatorNotes T9\tverb=said",
        "#5\tAnnotatorNotes T6\tis this one right?",
        "R1\tvictims Arg1:T7 Arg2:T8",
    ]
    folder.mkdir()
    (folder / "basra.txt").write_bytes(TEXT.encode())
    (folder / "basra.ann").write_bytes("\n".join(lines).encode())
    return folder


def utf16(offset: int) -> int:
    return len(TEXT[:offset].encode("utf-16-le")) // 2


def labelstudio_file(path: Path, count: Callable[[int], int] = lambda offset: offset) -> Path:
    """As an export of the tool: ids of its own, offsets as its version counts them."""
    result: list[dict[str, Any]] = []

    def told(id_: str, name: str, kind: str, field: str, value: Any) -> None:
        start, end = SPANS[id_][1]
        result.append(
            {
                "id": f"x{id_}",
                "from_name": name,
                "to_name": "text",
                "type": kind,
                "value": {"start": count(start), "end": count(end), "text": TEXT[start:end], field: value},
            }
        )

    for id_, (label, _) in SPANS.items():
        told(id_, "label", "labels", "labels", [label])
    place = {"gazetteer_id": "geonames:99532", "name": "Basrah", "lat": "30.5", "lon": "47.78", "country": "IQ"}
    for key, value in place.items():
        told("T1", f"entity_place_{key}", "textarea", "text", [value])
    told("T1", "entity_place_precision", "choices", "choices", ["settlement"])
    for key, value in DAY.items():
        told("T3", f"when_{key}", "textarea", "text", [value])
    told("T3", "when_precision", "choices", "choices", ["day"])
    told("T4", "event_main", "choices", "choices", ["yes"])
    told("T7", "figure_count", "textarea", "text", ["4/4/null"])
    told("T8", "victims_group", "choices", "choices", ["civilian"])
    told("T9", "cited_verb", "textarea", "text", ["said"])
    arrows = [("T4", target, role) for role, target in EVENT.items()] + [("T7", "T8", "victims")]
    result += [
        {"type": "relation", "from_id": f"x{head}", "to_id": f"x{tail}", "direction": "right", "labels": [label]}
        for head, tail, label in arrows
    ]
    old = {"result": [], "was_cancelled": False}
    cancelled = {"result": result[:1], "was_cancelled": True}
    task = {
        "id": 7,
        "data": {"text": TEXT, "id": "basra"},
        "annotations": [old, {"result": result, "was_cancelled": False}, cancelled],
        "predictions": [{"result": result[:2]}],
    }
    path.write_text(json.dumps([task]), "utf-8")
    return path


def prodigy_file(path: Path) -> Path:
    """As db-out gives it: spans without ids, relations by words; a rejected example, too."""
    values: dict[str, dict[str, Any]] = {
        "T1": {
            "place.gazetteer_id": "geonames:99532",
            "place.name": "Basrah",
            "place.lat": 30.5,
            "place.lon": 47.78,
            "place.country": "IQ",
            "place.precision": "settlement",
        },
        "T3": {**DAY, "precision": "day"},
        "T4": {"main": True},
        "T7": {"count": "4/4/null"},
        "T8": {"group": "civilian"},
        "T9": {"verb": "said"},
    }
    spans = {id_: {"start": s, "end": e, "label": label} for id_, (label, (s, e)) in SPANS.items()}
    arrows = [("T4", target, role) for role, target in EVENT.items()] + [("T7", "T8", "victims")]
    task = {
        "text": TEXT,
        "meta": {"id": "basra"},
        "spans": [span | ({"values": values[id_]} if id_ in values else {}) for id_, span in spans.items()],
        "relations": [{"head_span": spans[h], "child_span": spans[t], "label": label} for h, t, label in arrows],
        "answer": "accept",
    }
    path.write_text("".join(f"{json.dumps(one)}\n" for one in (task | {"answer": "reject"}, task)), "utf-8")
    return path


MADE = {
    "brat": lambda folder: brat_folder(folder / "brat"),
    "labelstudio": lambda folder: labelstudio_file(folder / "export.json"),
    "prodigy": lambda folder: prodigy_file(folder / "out.jsonl"),
}


@pytest.mark.parametrize("name", list(MADE))
def test_what_a_team_annotates_becomes_gold_that_evaluate_takes(name: str, tmp_path: Path) -> None:
    source = MADE[name](tmp_path)
    assert detect(source) == name
    report = convert(source, tmp_path / "gold", to="gold")
    assert (report.written, report.failures, report.left_out) == (1, [], [])
    (gold,) = load_gold(tmp_path / "gold")
    assert (gold.id, gold.text, gold.sentences) == ("basra", TEXT, [])
    (place,) = gold.places
    assert [TEXT[m.start : m.end] for m in place.mentions] == ["Basra", "Basra"]
    assert (place.id, place.status, place.gazetteer_id, place.lat) == ("basrah", "resolved", "geonames:99532", 30.5)
    (event,) = gold.events
    assert (event.type, event.trigger.text, [m.text for m in event.mentions]) == ("explosion", "blast", ["Blast"])
    assert event.date is not None
    assert event.attribution is not None
    assert (event.date.earliest, event.place, event.attribution.verb) == ("2024-05-03", "basrah", "said")
    assert (gold.main_event, gold.entities[-1].label) == (event.id, "DATE")
    assert gold.casualties[0].victims is not None
    assert gold.casualties[0].victims.group == "civilian"
    assert gold.tolls[event.id]["killed"].low == 4
    # a run that read the same scores full marks, and nothing is said of sentences that nobody marked
    convert(source, tmp_path / "run", to="records")
    figures = evaluate_records(tmp_path / "run" / "records.jsonl", tmp_path / "gold").scope().tallies
    # a record has no DATE entity for a WHEN, and the mention that nobody linked is not in its place
    assert "sentences.spans" not in figures
    slots = ("events.found", "events.type", "events.date", "events.target", "casualties.count")
    assert [figures[slot].f1 for slot in slots] == [1.0] * len(slots)


@pytest.mark.parametrize("crlf", [1, 2])
@pytest.mark.parametrize("width", [1, 2])
def test_labelstudio_offsets_are_read_however_its_version_counts(width: int, crlf: int, tmp_path: Path) -> None:
    def count(offset: int) -> int:
        before = TEXT[:offset]
        return len(before) + before.count("🚒") * (width - 1) - before.count("\r\n") * (2 - crlf)

    (document,) = read(labelstudio_file(tmp_path / "export.json", count))
    assert {(m.label, (m.start, m.end)) for m in document.marks} == set(SPANS.values())


def test_labelstudio_region_that_is_not_its_text_is_refused(tmp_path: Path) -> None:
    path = labelstudio_file(tmp_path / "export.json", lambda offset: offset + 5)
    with pytest.raises(InputError, match=r"task 1: the region 'Basra' at 16–21 is not what the text reads"):
        list(read(path))


def test_labelstudio_configuration_offers_every_label_value_and_arrow() -> None:
    root = ET.fromstring(labelstudio.configuration())  # noqa: S314  # our own
    labels = {node.get("value") for node in root.iter("Label")}
    assert {"GPE", "DATE", "WHEN", "killed", *labels_of("EVENT")} <= labels
    assert {node.get("value") for node in root.iter("Relation")} >= {*LINKS, "victims"}
    controls = {node.get("name") for kind in ("Choices", "TextArea") for node in root.iter(kind)}
    due = {
        f"{of.lower()}_{key.replace('.', '_')}"
        for of in LAYERS
        for key in (*CHOICES.get(of, {}), *FLAGS.get(of, ()), *FREE.get(of, ()))
    }
    assert controls == due
    names = [node.get("name") for node in root.iter() if node.get("name")]
    assert len(names) == len(set(names))


def test_gold_goes_to_labelstudio_as_annotations_and_a_run_as_predictions(tmp_path: Path) -> None:
    source = brat_folder(tmp_path / "brat")
    convert(source, tmp_path / "gold", to="gold")
    for name in ("gold", "brat"):
        convert(tmp_path / name, tmp_path / f"{name}.json", to="labelstudio")
    (annotated,) = json.loads((tmp_path / "gold.json").read_text("utf-8"))
    (predicted,) = json.loads((tmp_path / "brat.json").read_text("utf-8"))
    assert ("annotations" in annotated, "predictions" in annotated) == (True, False)
    assert ("annotations" in predicted, "predictions" in predicted) == (False, True)
    assert (tmp_path / "labelling.xml").read_text("utf-8") == labelstudio.configuration()


def test_brat_marks_across_lines_are_fragments_without_line_ends(tmp_path: Path) -> None:
    document = Document(TEXT, {"id": "a"}, None, (Mark("m0", "MENTION", *at("Basra\r\n\r\nA blast")),), ())
    brat.write(tmp_path / "out", [document], done=False)
    line = (tmp_path / "out" / "a.ann").read_text("utf-8").splitlines()[0]
    assert line == "T1\tMENTION 11 16;20 27\tBasra A blast"
    assert next(iter(read(tmp_path / "out"))).marks == document.marks


def test_brat_fragments_of_a_person_are_read_from_the_first_to_the_last(tmp_path: Path) -> None:
    folder = brat_folder(tmp_path / "brat")
    (folder / "basra.ann").write_text("T1\tPARTICIPANT 20 21;35 48\tA at least four\n", "utf-8")
    (mark,) = next(iter(read(folder))).marks
    assert (mark.start, mark.end) == (20, 48)


def test_brat_configuration_knows_every_label_attribute_and_role(tmp_path: Path) -> None:
    brat.write(tmp_path, [], done=False)
    told = (tmp_path / "annotation.conf").read_text("utf-8")
    sections = {part.split("]")[0]: part for part in told.split("[")[1:] if "]" in part}
    assert set(sections) == {"entities", "relations", "events", "attributes"}
    assert {"GPE", "WHEN", "killed"} <= set(sections["entities"].split())
    assert {line.split("\t")[0] for line in sections["events"].splitlines() if "\t" in line} == set(labels_of("EVENT"))
    assert "event_status\tArg:<EVENT>, Value:asserted|negated|hypothetical" in sections["attributes"]


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ("T1\tGPE 11 16\tMosul", r"basra.ann, line 1: not a line of brat's: .*at 11 16 the text reads 'Basra'"),
        ("T1\tGPE eleven 16\tBasra", r"line 1: not a line of brat's"),
        ("T1\tGPE 11 16\tBasra\nR1\tsame_place Arg1:T1 Arg2:T9", r"points at 'T9', which is not there"),
        ("T1\tGPE 11 16\tBasra\nE1\tattack:T7 source:T1", r"points at 'T7', which is not there"),
        ("T1\tGPE 11 1600\t", r"lies outside of the text of 88 characters"),
    ],
)
def test_brat_lines_that_do_not_fit_are_refused(lines: str, complaint: str, tmp_path: Path) -> None:
    folder = brat_folder(tmp_path / "brat")
    (folder / "basra.ann").write_text(lines, "utf-8")
    with pytest.raises(InputError, match=complaint):
        list(read(folder))


def test_notes_of_people_are_values_only_where_they_say_so() -> None:
    assert brat.notes("verb=said; count=12/12/null") == {"verb": "said", "count": "12/12/null"}
    assert brat.notes('place.name="A; b=c"; place.lat=3.5;') == {"place.name": "A; b=c", "place.lat": 3.5}
    assert brat.notes("I am not sure about this one") == {}


def test_annotation_that_is_no_gold_is_told_and_the_rest_is_written(tmp_path: Path) -> None:
    folder = brat_folder(tmp_path / "brat")
    for name, change in (("bad-count", ("count = 4/4/null", "count=four")), ("lost", ("casualty:T7", ""))):
        (folder / f"{name}.txt").write_bytes(TEXT.encode())
        (folder / f"{name}.ann").write_bytes((folder / "basra.ann").read_bytes().decode().replace(*change).encode())
    report = convert(folder, tmp_path / "gold", to="gold")
    assert report.written == 2
    assert len(report.failures) == 1
    assert "bad-count is no gold: the count of 'killed' at 35 is 'four'; write low/best/high" in report.failures[0]
    assert report.left_out == ["lost: 1 figures that belong to no event"]
    assert [gold.id for gold in load_gold(tmp_path / "gold")] == ["basra", "lost"]


def test_a_place_with_an_id_alone_is_completed_by_the_gazetteer(tmp_path: Path) -> None:
    (document,) = read(brat_folder(tmp_path / "brat"))
    bare = {"place.gazetteer_id": "geonames:99532"}
    marks = tuple(Mark(m.id, m.label, m.start, m.end, bare if m.id == "T1" else m.values) for m in document.marks)
    short = Document(document.text, document.article, None, marks, document.links)
    known = {"name": "Al Basrah", "lat": 30.5, "lon": 47.8, "country": "IQ", "precision": "settlement"}
    gold, _ = to_gold(short, lambda id_: known if id_ == "geonames:99532" else None)
    assert (gold.places[0].name, gold.places[0].lat) == ("Al Basrah", 30.5)
    with pytest.raises(GoldError, match="is resolved, so gazetteer_id, name, lat, lon and precision are due"):
        to_gold(short)


def test_names_that_nobody_linked_are_one_place_for_each_wording(tmp_path: Path) -> None:
    (document,) = read(brat_folder(tmp_path / "brat"))
    marks = tuple(Mark(m.id, m.label, m.start, m.end) for m in document.marks if m.label == "GPE")
    gold, _ = to_gold(Document(document.text, document.article, None, marks, ()))
    assert [(place.status, len(place.mentions)) for place in gold.places] == [("unresolved", 2)]


def test_a_corrected_figure_changes_the_toll_of_the_record(tmp_path: Path) -> None:
    convert(brat_folder(tmp_path / "brat"), tmp_path / "run", to="records")
    convert(tmp_path / "run", tmp_path / "again", to="brat")
    annotation = tmp_path / "again" / "basra.ann"
    annotation.write_text(annotation.read_text("utf-8").replace("count=4/4/null", "count=5/5/5"), "utf-8", newline="")
    (document,) = read(tmp_path / "again")
    (event,) = to_record(document).events
    assert event.toll.killed is not None
    assert (event.toll.killed.best, event.toll.killed.high) == (5, 5)


def test_docbin_has_entities_layers_and_sentences_as_spacy_has_them(tmp_path: Path) -> None:
    (made,) = read(brat_folder(tmp_path / "brat"))
    document = Document(made.text, made.article, ((0, 16), (20, len(TEXT))), made.marks, made.links)
    docbin.write(tmp_path / "all.spacy", [document], done=True)
    (doc,) = DocBin().from_disk(tmp_path / "all.spacy").get_docs(spacy.blank("en").vocab)
    assert doc.text == TEXT
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Basra", "GPE"), ("Basra", "GPE")]
    assert [(span.text, span.label_) for span in doc.spans["EVENT"]] == [("blast", "explosion")]
    assert [sentence.text.strip() for sentence in doc.sents] == ["🚒 Blast in Basra", TEXT[20:]]


def test_docbin_of_others_gives_its_entities(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    doc = nlp("Ten died in Homs.")
    span = doc.char_span(12, 16, label="GPE")
    assert span is not None
    doc.set_ents([span])
    DocBin(docs=[doc]).to_disk(tmp_path / "theirs.spacy")
    (document,) = read(tmp_path / "theirs.spacy")
    assert [(m.label, document.text[m.start : m.end]) for m in document.marks] == [("GPE", "Homs")]


def test_conll_of_others_gives_its_entities_and_sentences(tmp_path: Path) -> None:
    path = tmp_path / "theirs.conll"
    rows = "-DOCSTART- -X- O\n\nTen CD O\ndied VBD O\nin IN O\nTel NNP B-GPE\nAviv NNP I-GPE\n\nIsis NNP B-ORG\n"
    path.write_text(rows, "utf-8")
    (document,) = read(path)
    assert document.text == "Ten died in Tel Aviv\nIsis"
    assert [(m.label, document.text[m.start : m.end]) for m in document.marks] == [("GPE", "Tel Aviv"), ("ORG", "Isis")]
    assert document.sentences == ((0, 20), (21, 25))


def test_conll_columns_are_labels_by_layer(tmp_path: Path) -> None:
    (document,) = read(brat_folder(tmp_path / "brat"))
    conll.write(tmp_path / "all.conll", [document], done=True)
    rows = [line.split("\t") for line in (tmp_path / "all.conll").read_text("utf-8").split("\n") if "\t" in line]
    assert all(len(row) == 3 + len(LAYERS) for row in rows)
    (row,) = [row for row in rows if row[1] == "blast"]
    assert row[2:6] == ["TokenRange=22:27", "O", "O", "B-explosion"]
    assert [row[1] for row in rows if row[3] != "O"] == ["Basra", "Basra"]


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.json", "[", r"a.json is no JSON export of Label Studio"),
        ("a.json", "{}", r"holds no list of tasks; export the project as JSON \(not JSON-MIN\)"),
        ("a.json", '[{"text": "x"}]', r"task 1: there is no data.text"),
        ("a.jsonl", '{"txt": 1}\n', r"line 1: no 'text'; this is not a line of `prodigy db-out`"),
        ("a.jsonl", '{"text": "x"\n', r"line 1: "),
        (
            "a.jsonl",
            '{"text": "x", "relations": [{"label": "a"}]}',
            r"a relation leads to None, which is none of the spans",
        ),
        ("a.spacy", "x", r"a.spacy is no DocBin of spaCy"),
        ("a.conll", "\n", r"holds no lines of words with labels"),
        ("a.conll", "# global.columns = ID FORM MISC DATELINE:EVENT\n1\tx\n", r"a line lacks a column or an offset"),
        ("a.pdf", "x", r"cannot tell what .*a.pdf is; say so with --from, one of records, gold, brat"),
    ],
)
def test_files_that_are_something_else_are_refused(name: str, content: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(InputError, match=complaint):
        list(read(tmp_path / name))


def test_folders_and_formats_that_do_not_fit_are_told(tmp_path: Path) -> None:
    source = brat_folder(tmp_path / "brat")
    (tmp_path / "empty").mkdir()
    with pytest.raises(
        InputError, match=r"is no run folder \(records.jsonl\), no corpus \(gold/\*.yaml\) and no folder of"
    ):
        list(read(tmp_path / "empty"))
    with pytest.raises(InputError, match="no file or folder"):
        convert(tmp_path / "nowhere", tmp_path / "out", to="gold")
    with pytest.raises(ConfigError, match=r"no format 'labelstudo'. Did you mean 'labelstudio'\? Formats: records"):
        convert(source, tmp_path / "out", to="labelstudo")
    with pytest.raises(ConfigError, match=r"is a folder, and prodigy is one file; name it, such as .*all.jsonl"):
        convert(source, tmp_path / "empty", to="prodigy")
    with pytest.raises(ConfigError, match="is the input; name another place with -o"):
        convert(source, source, to="brat")
    with pytest.raises(InputError, match="is not a file, as prodigy is"):
        list(read(source, "prodigy"))


def test_records_without_their_texts_ask_for_the_articles(tmp_path: Path) -> None:
    convert(brat_folder(tmp_path / "brat"), tmp_path / "run", to="records")
    (tmp_path / "run" / "articles.jsonl").unlink()
    with pytest.raises(InputError, match=r"no text for the record of 'basra'.*--articles INPUT"):
        list(read(tmp_path / "run"))
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "other.txt").write_text("Something else.")
    (articles / "basra.txt").write_bytes(TEXT.encode())
    (document,) = read(tmp_path / "run", articles=str(articles))
    assert document.text == TEXT
    # the manifest of a run says where its articles were
    (tmp_path / "run" / "manifest.json").write_text(json.dumps({"source": str(articles)}))
    (document,) = read(tmp_path / "run")
    assert document.text == TEXT


def test_prodigy_examples_have_tokens_that_its_spans_fit(tmp_path: Path) -> None:
    (document,) = read(brat_folder(tmp_path / "brat"))
    prodigy.write(tmp_path / "out.jsonl", [document], done=True)
    task = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    cut = task["tokens"]
    for span in task["spans"]:
        first, last = cut[span["token_start"]], cut[span["token_end"]]
        assert (first["start"], last["end"]) == (span["start"], span["end"])
    assert "".join(token["text"] + " " * token["ws"] for token in cut) == TEXT
    assert task["answer"] == "accept"


def test_article_ids_become_file_names_that_differ(tmp_path: Path) -> None:
    assert [file_name(id_) for id_ in ("a/b.txt", "wire.jsonl#3", "..", "ب.txt")] == [
        "a-b",
        "wire.jsonl-3",
        "article",
        "ب",
    ]
    documents = [Document("Ten.", {"id": id_}, None, (), ()) for id_ in ("a/b.txt", "A-b")]
    brat.write(tmp_path / "out", documents, done=False)
    assert sorted(path.name for path in (tmp_path / "out").glob("*.ann")) == ["A-b~2.ann", "a-b.ann"]
    assert {document.id for document in read(tmp_path / "out")} == {"a/b.txt", "A-b"}


def test_records_hold_their_version(tmp_path: Path) -> None:
    convert(brat_folder(tmp_path / "brat"), tmp_path / "run", to="records")
    (line,) = (tmp_path / "run" / "records.jsonl").read_text("utf-8").splitlines()
    assert Record.model_validate_json(line).article.chars == len(TEXT)
