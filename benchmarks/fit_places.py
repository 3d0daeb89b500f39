"""Fits the weights of place recognition and resolution on annotated toponyms, and says how good they are.

    python -m benchmarks.fit_places DATA/toponyms/tr-news_dev.jsonl DATA/toponyms/lgl_dev.jsonl [--notes N] [--write]

Recognition is a logistic regression over the features of :mod:`pipeline.gazetteer.recognise`; resolution two linear
rankers (softmax over a name's candidates and "none of these") over those of :mod:`pipeline.stages.places.evidence`, and
a calibration fitted on articles that the rankers have not seen. Each set counts the same, whatever its size; with
``--notes`` so many notes of our own (:mod:`benchmarks.notes`, half a) are one set more. The
figures printed are of five-fold cross-validation by article; ``--write`` fits on everything and writes the weights to
``models/gazetteer/``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.notes import notes
from pipeline import facts
from pipeline.articles import RawArticle
from pipeline.build import build_nlp, make_doc
from pipeline.config import load_config
from pipeline.gazetteer import Gazetteer, GazetteerEntry
from pipeline.gazetteer.recognise import PlaceName, judged, recognise
from pipeline.gazetteer.store import default_path
from pipeline.resources import data_path, load_yaml
from pipeline.stages.places.evidence import (
    Context,
    Group,
    PlaceMention,
    Surroundings,
    feature_class,
    km,
    softmax,
)
from pipeline.stages.places.mentions import place_mentions, text_context
from pipeline.stages.places.resolve import candidate_features, dot, make_groups, model

FOLDS = 5
# Local news is full of small places that no gazetteer has, so the ranker learns to give up early. A place with a low
# score serves a reader better than none, and held-out articles agree.
NONE_DISCOUNT = 1.5
Gold = dict[str, Any]
Features = dict[str, float]


@dataclass
class Story:
    """One annotated article with what the stages made of it."""

    id: str
    weight: float
    gold: list[Gold]
    names: list[tuple[Features, bool]] = field(default_factory=list)
    mentions: list[PlaceMention] = field(default_factory=list)
    context: Context = field(default_factory=Context)
    groups: list[Group] = field(default_factory=list)
    starts: list[list[float]] = field(default_factory=list)

    @property
    def fold(self) -> int:
        return hashlib.sha256(self.id.encode()).digest()[0] % FOLDS


def is_right(entry: GazetteerEntry, gold: Gold) -> bool:
    """The same place, or one within 161 km."""
    if entry.id == f"geonames:{gold.get('geonameid')}":
        return True
    return km(entry.lat, entry.lon, gold["lat"], gold["lon"]) <= 161


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The annotated articles of a set."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_notes(count: int) -> list[dict[str, Any]]:
    """Notes of our own (:mod:`benchmarks.notes`, half a) in the form of annotated articles."""
    drawn = notes("a", count, default_path())
    return [{"id": note.row.id, "text": note.row.text, "toponyms": list(note.toponyms)} for note in drawn]


def read_stories(nlp: Language, rows: list[dict[str, Any]], demonyms: Gazetteer) -> list[Story]:
    """The articles of one set, run through the stages up to ``entities``."""
    docs = [make_doc(nlp, RawArticle(id=str(row["id"]), text=row["text"])) for row in rows]
    return gather(list(zip(rows, docs, strict=True)), nlp, demonyms)


def gather(pairs: Sequence[tuple[dict[str, Any], Doc]], nlp: Language, gazetteer: Gazetteer) -> list[Story]:
    """Features and gold of articles; the docs are run through ``nlp``."""
    stories = []
    for row, doc in pairs:
        gold = [one for one in row["toponyms"] if not gazetteer.demonym(one["surface"])]
        story = Story(str(row["id"]), 1.0 / len(pairs), gold)

        def recording(
            doc: Doc,
            gazetteer: Gazetteer,
            *,
            min_score: float = 0.5,
            story: Story = story,
            annotated: Sequence[Gold] = tuple(row["toponyms"]),
        ) -> list[PlaceName]:
            for one, values in judged(doc, gazetteer):
                start = doc[one.start].idx
                end = doc[one.end - 1].idx + len(doc[one.end - 1])
                over = [place for place in annotated if place["start"] < end and place["end"] > start]
                if all(place.get("lat") is not None for place in over) and all(place in story.gold for place in over):
                    story.names.append((values, bool(over)))
            return recognise(doc, gazetteer, min_score=min_score)

        with patch("pipeline.stages.entities.recognise", recording):
            read = nlp(doc)
        entities = facts.entities(read)
        story.mentions = place_mentions(read, entities, gazetteer, min_inside=0.5)
        story.context = text_context(read, entities, gazetteer)
        story.groups = make_groups(story.mentions, story.context, gazetteer)
        story.starts = [group.weights for group in story.groups]
        stories.append(story)
    return stories


def gold_of(story: Story, group: Group) -> Gold | None:
    """The gold place of a group: that of most of its mentions; ``None`` where gold has none with coordinates."""
    found = [
        one
        for index in group.mentions
        for one in story.gold
        if one.get("lat") is not None
        and one["start"] < story.mentions[index].end
        and one["end"] > story.mentions[index].start
    ]
    ids = [one.get("geonameid") for one in found]
    return max(found, key=lambda one: ids.count(one.get("geonameid"))) if found else None


def targets(group: Group, gold: Gold) -> list[int]:
    """Which candidates are right: the very id where it is there, else those near, else "none of these"."""
    same = [index for index, entry in enumerate(group.entries) if entry.id == f"geonames:{gold.get('geonameid')}"]
    near = [index for index, entry in enumerate(group.entries) if is_right(entry, gold)]
    if not same and not near and any(feature_class(entry.feature) == "region" for entry in group.entries):
        return []  # two points for one sea or region may lie far apart: such gold cannot say that a candidate is wrong
    return same or near or [len(group.entries)]


@dataclass
class Choice:
    """One name to be resolved, as numbers: a row of features for each candidate, and which are right."""

    rows: list[Features]
    right: list[int]
    weight: float


def choices(stories: Sequence[Story]) -> list[Choice]:
    """Every name with gold as a choice among its candidates."""
    found = []
    for story in stories:
        surroundings = Surroundings(story.groups, story.context)
        for index, group in enumerate(story.groups):
            gold = gold_of(story, group)
            if gold is not None and group.entries and (right := targets(group, gold)):
                rows = candidate_features(story.groups, index, surroundings)
                weight = story.weight * (1 + np.log(len(group.mentions)))
                found.append(Choice(rows, right, weight))
    return found


def _matrix(rows: Sequence[Features], names: Sequence[str]) -> NDArray[np.float64]:
    position = {name: index for index, name in enumerate(names)}
    out = np.zeros((len(rows), len(names)))
    for number, values in enumerate(rows):
        for name, value in values.items():
            if name in position:
                out[number, position[name]] = value
    return out


def fit_ranker(found: Sequence[Choice], start: dict[str, float], *, penalty: float) -> dict[str, float]:
    """Weights that make the right candidates likely (multinomial, L2 towards ``start``)."""
    names = sorted({name for choice in found for values in choice.rows for name in values} | set(start))
    x = _matrix([values for choice in found for values in choice.rows], names)
    begin = np.cumsum([0] + [len(choice.rows) for choice in found])[:-1]
    sizes = np.array([len(choice.rows) for choice in found])
    right = np.zeros(len(x), bool)
    for offset, choice in zip(begin, found, strict=True):
        right[[offset + index for index in choice.right]] = True
    weight = np.array([choice.weight for choice in found])
    weight *= len(found) / weight.sum()
    prior = np.array([start.get(name, 0.0) for name in names])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = x @ w
        top = np.repeat(np.maximum.reduceat(scores, begin), sizes)
        parts = np.exp(scores - top)
        total = np.add.reduceat(parts, begin)
        good = np.add.reduceat(parts * right, begin)
        p = parts / np.repeat(total, sizes)
        q = parts * right / np.repeat(good, sizes)
        value = float((weight * (np.log(total) - np.log(good))).sum() + penalty * ((w - prior) ** 2).sum())
        return value, x.T @ (np.repeat(weight, sizes) * (p - q)) + 2 * penalty * (w - prior)

    best = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {name: round(float(value), 3) for name, value in zip(names, best, strict=True)}


def fit_logistic(
    rows: Sequence[Features],
    labels: Sequence[bool],
    weights: Sequence[float],
    *,
    penalty: float,
    start: dict[str, float] | None = None,
) -> dict[str, float]:
    """Weights of a logistic regression, L2 towards ``start`` (0 where it says nothing)."""
    start = start or {}
    names = sorted({name for values in rows for name in values} | set(start))
    x, y = _matrix(rows, names), np.array(labels, float)
    weight = np.array(weights) * len(rows) / sum(weights)
    free = np.array([name != "bias" for name in names], float)
    prior = np.array([start.get(name, 0.0) for name in names])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = x @ w
        p = 1 / (1 + np.exp(-scores))
        value = float(
            (weight * (np.logaddexp(0, scores) - y * scores)).sum() + penalty * (free * (w - prior) ** 2).sum()
        )
        return value, x.T @ (weight * (p - y)) + 2 * penalty * free * (w - prior)

    best = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {name: round(float(value), 3) for name, value in zip(names, best, strict=True)}


def apply(stories: Sequence[Story], weights: dict[str, float]) -> None:
    """Set the groups' weights by a ranker, as the stage does."""
    for story in stories:
        surroundings = Surroundings(story.groups, story.context)
        scored = [
            softmax([dot(weights, values) for values in candidate_features(story.groups, index, surroundings)])[:-1]
            for index in range(len(story.groups))
        ]
        for group, shares in zip(story.groups, scored, strict=True):
            group.weights = shares


def reset(stories: Sequence[Story]) -> None:
    """Put the weights back to what prominence alone says."""
    for story in stories:
        for group, start in zip(story.groups, story.starts, strict=True):
            group.weights = start


def fit_resolution(stories: Sequence[Story]) -> tuple[dict[str, float], dict[str, float]]:
    """The rankers of both passes."""
    reset(stories)
    first = fit_ranker(choices(stories), model()["prior"], penalty=0.3)
    apply(stories, first)
    second = fit_ranker(choices(stories), model()["prior"], penalty=0.3)
    second["none"] = round(second["none"] - NONE_DISCOUNT, 3)
    return first, second


def outcomes(stories: Sequence[Story]) -> list[tuple[Features, bool, float]]:
    """For each mention with gold: the ranker's shares, whether its choice is right, and the article's weight."""
    rows = []
    for story in stories:
        for group in story.groups:
            none = max(0.0, 1 - sum(group.weights))
            order = sorted(range(len(group.entries)), key=lambda index: -group.weights[index])
            if not order or group.weights[order[0]] < none:
                continue
            best = float(group.weights[order[0]])
            second = group.weights[order[1]] if len(order) > 1 else 0.0
            clip = min(max(best, 1e-4), 1 - 1e-4)
            values = {"bias": 1.0, "logit": float(np.log(clip / (1 - clip))), "margin": best - second, "none": none}
            gold = gold_of(story, group)
            if gold is not None:
                rows += [(values, bool(is_right(group.entries[order[0]], gold)), story.weight)] * len(group.mentions)
    return rows


def cross_validate(sets: dict[str, list[Story]]) -> list[tuple[Features, bool, float]]:
    """Prints recognition and resolution on unseen articles; returns the outcomes that the calibration is fitted on."""
    everything = [story for stories in sets.values() for story in stories]
    counts = {name: np.zeros(3) for name in sets}
    unseen: list[tuple[Features, bool, float]] = []
    right: dict[str, list[bool]] = {name: [] for name in sets}
    for fold in range(FOLDS):
        train = [story for story in everything if story.fold != fold]
        weights = fit_recognition(train)
        first, second = fit_resolution(train)
        for name, stories in sets.items():
            test = [story for story in stories if story.fold == fold]
            for story in test:
                for values, label in story.names:
                    said = dot(weights, values) > 0
                    counts[name] += [said and label, said, label]
            reset(test)
            apply(test, first)
            apply(test, second)
            rows = outcomes(test)
            unseen += rows
            right[name] += [bool(good) for _, good, _ in rows]
    for name in sets:
        both, named, true = counts[name]
        print(
            f"{name}: recognition of known names P {both / named:.3f} R {both / true:.3f}; "
            f"resolution of {len(right[name])} mentions {np.mean(right[name]):.3f}"
        )
    return unseen


def fit_recognition(stories: Sequence[Story]) -> dict[str, float]:
    """The weights of recognition."""
    rows = [(values, label, story.weight) for story in stories for values, label in story.names]
    return fit_logistic(
        [row[0] for row in rows],
        [row[1] for row in rows],
        [row[2] for row in rows],
        penalty=0.5,
        start=load_yaml("gazetteer", "recognition.yaml")["prior"],
    )


def write(name: str, content: dict[str, Any]) -> None:
    """Replace a weights file, keeping the comments at its head."""
    path = data_path("models", "gazetteer", name)
    head = "".join(line + "\n" for line in path.read_text("utf-8").splitlines() if line.startswith("#"))
    path.write_text(head + yaml.safe_dump(content, sort_keys=True), encoding="utf-8")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--notes", type=int, default=0, help="fit on so many notes of our own as well")
    asked = parser.parse_args()
    nlp = build_nlp(load_config(), upto="entities")
    gazetteer: Gazetteer = nlp.get_pipe("dateline_entities").gazetteer  # type: ignore[attr-defined]
    rows = {path.stem: read_rows(path) for path in asked.sets} | (
        {"notes": read_notes(asked.notes)} if asked.notes else {}
    )
    fit({name: read_stories(nlp, rows[name], gazetteer) for name in rows}, save=asked.write)


def fit(sets: dict[str, list[Story]], *, save: bool) -> None:
    """Print the cross-validated figures; with ``save``, fit on everything and write the weights."""
    unseen = cross_validate(sets)
    everything = [story for stories in sets.values() for story in stories]
    recognition = fit_recognition(everything)
    first, second = fit_resolution(everything)
    calibration = fit_logistic(
        [row[0] for row in unseen], [row[1] for row in unseen], [row[2] for row in unseen], penalty=0.5
    )
    if save:
        prior = load_yaml("gazetteer", "recognition.yaml")["prior"]
        write("recognition.yaml", {"prior": prior, "weights": recognition})
        write(
            "resolution.yaml", {"prior": model()["prior"], "first": first, "second": second, "calibration": calibration}
        )


if __name__ == "__main__":
    main()
