"""Fit the weights of ``models/linking.yaml``: a logistic judge, by ridge-penalised likelihood with fixed signs.

A weight may only speak the way that its feature's name says (the same place never speaks against a link), so what was
fitted on one kind of news does not turn round on another. The main events of the pages are the examples; the judge
of mentioned incidents is fitted on the same pairs, each event seen through its own sentences only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from pipeline.link.blocks import Blocks
from pipeline.link.cluster import Grouping
from pipeline.link.features import FEATURES, compare, traits
from pipeline.link.happenings import Happening
from pipeline.link.link import gather
from pipeline.link.odds import Pair
from pipeline.link.settings import LinkSettings, link_settings
from pipeline.link.words import rarity
from pipeline.metrics_links import link_qualities
from pipeline.records import Record

AGAINST = frozenset(
    {
        "other_persons",
        "days_apart",
        "other_day",
        "published_apart",
        "far_place",
        "other_country",
        "other_towns",
        "other_toll",
        "other_type",
    }
)
BY_HAND = {"other_country": -1.5, "other_type": -1.0, "near_place": 0.3, "same_type": 0.2, "other_day": -4.5}
"""What the examples cannot teach, all of them shootings in one country: added to what was fitted without these."""
RIDGE = 1.0
FOLDS = 4
THRESHOLDS = [n / 4 for n in range(-8, 9)]
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Examples:
    """Pairs of indices into ``found``, their figures as rows, and whether each is one incident (1.0) or not."""

    found: Sequence[Happening]
    pairs: Sequence[Pair]
    figures: Array
    same: Array


def examples(found: Sequence[Happening], group: Mapping[str, str], settings: LinkSettings, *, whole: bool) -> Examples:
    """The pairs that linking would judge."""
    rare = rarity([one.whole.words for one in found], settings.prior)
    seen = [traits(one, rare, whole=whole) for one in found]
    blocks = Blocks(rare, settings.blocks, whole=whole)
    for index, one in enumerate(found):
        blocks.add(index, one)
    pairs = list(blocks.pairs(range(len(found))))
    rows = [compare(seen[i], seen[j], rare) for i, j in pairs]
    same = [float(group[found[i].key[0]] == group[found[j].key[0]]) for i, j in pairs]
    return Examples(found, pairs, np.array(rows), np.array(same))


def weights(figures: Array, same: Array) -> Array:
    """One weight per feature and the bias last."""
    inputs = np.hstack([figures, np.ones((len(figures), 1))])
    penalty = np.array([RIDGE] * len(FEATURES) + [0.0])

    def loss(given: Array) -> tuple[float, Array]:
        odds = inputs @ given
        value = np.sum(np.logaddexp(0, odds) - same * odds) + penalty @ given**2 / 2
        return float(value), inputs.T @ (1 / (1 + np.exp(-odds)) - same) + penalty * given

    bounds = [*(_bounds(name) for name in FEATURES), (None, None)]
    fitted: Array = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    for name, weight in BY_HAND.items():
        fitted[FEATURES.index(name)] = weight
    return fitted


def _bounds(name: str) -> tuple[float | None, float | None]:
    if name in BY_HAND:
        return 0, 0
    return (None, 0) if name in AGAINST else (0, None)


def odds(figures: Array, fitted: Array) -> Array:
    """Log-odds of each row, cut at 8 as linking does."""
    found: Array = np.clip(figures @ fitted[:-1] + fitted[-1], -8, 8)
    return found


def f1_by_threshold(of: Examples, judged: Array, group: Mapping[str, str], absent: float) -> dict[float, float]:
    """B-cubed F1 over the pages at each threshold."""
    found = {}
    for threshold in THRESHOLDS:
        articles = [one.key[0] for one in of.found]
        grouping = Grouping(dict(enumerate(articles)), dict(zip(of.pairs, judged.tolist(), strict=True)), absent=absent)
        grouping.join(threshold)
        answer = {articles[item]: number for number, items in enumerate(grouping.groups()) for item in items}
        found[threshold] = link_qualities(group, answer)["b_cubed"].f1 or 0.0
    return found


def fit(records: Sequence[Record], group: Mapping[str, str]) -> int:
    """Print the weights for ``models/linking.yaml``, and what cross-validation says of each threshold."""
    settings = link_settings()
    found = [one for one in gather(records, settings) if one.main]
    for name, whole in (("main", True), ("local", False)):
        of = examples(found, group, settings, whole=whole)
        print(f"{name}: {len(found)} events, {len(of.pairs)} pairs, {int(of.same.sum())} of them one incident")
        fold = np.array([hashlib.sha256(group[one.key[0]].encode()).digest()[1] % FOLDS for one in found])
        folds = np.array([(fold[i], fold[j]) for i, j in of.pairs])
        judged = np.zeros(len(of.pairs))
        for number in range(FOLDS):
            held = (folds == number).any(axis=1)
            judged[held] = odds(of.figures[held], weights(of.figures[~held], of.same[~held]))
        for threshold, f1 in f1_by_threshold(of, judged, group, settings.absent).items():
            print(f"  threshold {threshold:+.2f}: B-cubed F1 {f1:.3f} on incidents that were held out")
        fitted = weights(of.figures, of.same)
        print(f"  bias: {fitted[-1]:.2f}")
        print("  weights:")
        for feature, value in zip(FEATURES, fitted, strict=False):
            print(f"    {feature}: {value:.2f}")
    return 0
