"""The outlines of the report's map, derived from Natural Earth as the package world-atlas carries it.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m benchmarks.map_outlines package/countries-50m.json

writes ``models/map/outlines.json``: TopoJSON of the countries on a coarser grid, lines thinned (Douglas and Peucker
1973) and islets left out, so that it is small enough to be part of every report.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.resources import data_path

Point = tuple[float, float]
Arc = list[Point]

GRID = 0.01  # degrees: about a kilometre
TOLERANCE = 0.035  # degrees: what no screen shows before a country fills it
MIN_RING_DEGREES = 0.12  # rings whose extent is smaller are islets


def arcs_in_degrees(topology: dict[str, Any]) -> list[Arc]:
    """The arcs of a quantised topology as longitude and latitude."""
    (scale_x, scale_y), (left, top) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Arc] = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc: Arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((left + x * scale_x, top + y * scale_y))
        arcs.append(arc)
    return arcs


def thinned(arc: Arc, tolerance: float = TOLERANCE) -> Arc:
    """The arc without the points that lie nearer than ``tolerance`` degrees to the line that is left; ends stay."""
    keep = {0, len(arc) - 1}
    ring = arc[0] == arc[-1]
    spans = [(0, len(arc) - 1)]
    while spans:
        first, last = spans.pop()
        inner = range(first + 1, last)
        if not inner:
            continue
        far = max(inner, key=lambda i: _distance(arc[i], arc[first], arc[last]))
        if _distance(arc[far], arc[first], arc[last]) > tolerance or (ring and len(keep) < 4):
            keep.add(far)
            spans += [(first, far), (far, last)]
    return [arc[i] for i in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """Degrees from a point to a line segment, degrees of longitude shortened by the latitude."""
    shrink = math.cos(math.radians(point[1]))
    px, py = (point[0] - start[0]) * shrink, point[1] - start[1]
    ex, ey = (end[0] - start[0]) * shrink, end[1] - start[1]
    along = max(0.0, min(1.0, (px * ex + py * ey) / (ex * ex + ey * ey))) if ex or ey else 0.0
    return math.hypot(px - along * ex, py - along * ey)


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry, each a list of rings of arc numbers; ``~n`` is arc ``n`` backwards."""
    found: list[list[list[int]]] = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return found


def derive(topology: dict[str, Any]) -> dict[str, Any]:
    """The smaller topology."""
    arcs = arcs_in_degrees(topology)
    used: dict[int, int] = {}

    def number(arc: int) -> int:
        index = used.setdefault(arc if arc >= 0 else ~arc, len(used))
        return index if arc >= 0 else ~index

    def extent(ring: list[int]) -> float:
        points = [point for arc in ring for point in arcs[arc if arc >= 0 else ~arc]]
        return max(float(max(axis) - min(axis)) for axis in zip(*points, strict=True))

    countries = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        if geometry["properties"]["name"] == "Antarctica":  # its ring goes round a pole, where no map of ours reaches
            continue
        found = polygons(geometry)
        largest = max(found, key=lambda polygon: extent(polygon[0]))
        kept = [polygon for polygon in found if polygon is largest or extent(polygon[0]) >= MIN_RING_DEGREES]
        rings = [[[number(arc) for arc in ring] for ring in polygon] for polygon in kept]
        countries.append(
            {"type": "MultiPolygon", "arcs": rings, "properties": {"name": geometry["properties"]["name"]}}
        )
    return {
        "type": "Topology",
        "transform": {"scale": [GRID, GRID], "translate": [0, 0]},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": countries}},
        "arcs": [list(_deltas(thinned(arcs[arc]))) for arc in used],
    }


def _deltas(arc: Arc) -> Iterator[list[int]]:
    """Steps on the grid from (0, 0); a ring keeps its first and last point equal."""
    x = y = 0
    for n, (lon, lat) in enumerate(arc):
        to_x, to_y = round(lon / GRID), round(lat / GRID)
        if n and (to_x, to_y) == (x, y) and n < len(arc) - 1:
            continue
        yield [to_x - x, to_y - y]
        x, y = to_x, to_y


def main() -> None:
    """Write the outlines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("countries", type=Path, help="countries-50m.json of world-atlas")
    source = parser.parse_args().countries
    out = data_path("models") / "map" / "outlines.json"
    out.parent.mkdir(exist_ok=True)
    derived = derive(json.loads(source.read_text("utf-8")))
    out.write_text(json.dumps(derived, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{out}: {out.stat().st_size:,} bytes, {len(derived['arcs']):,} arcs")


if __name__ == "__main__":
    main()
