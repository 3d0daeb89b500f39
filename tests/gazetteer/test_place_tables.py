"""Place tables: our own are whole, and a bad row says where it is and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ResourceError
from pipeline.gazetteer.build import overlay_tables
from pipeline.gazetteer.tables import read_tables

HEADER = "id\tname\tnames\tlat\tlon\tcountry\tadmin1\tfeature\tpopulation\tsource"


def _table(folder: Path, *rows: str, header: str = HEADER) -> list[Path]:
    path = folder / "mine.tsv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return [path]


def test_a_row_without_id_gets_one_from_its_name(tmp_path: Path) -> None:
    (row,) = read_tables(_table(tmp_path, "\tTall Ḩisn\tTel Hisn|Til Hisn\t36.5\t40.1\tSY\t\tPPL\t\tfield visit"))
    assert (row.id, row.name, row.names, row.lat, row.lon) == (
        "dateline:tall-hisn", "Tall Ḩisn", ("Tel Hisn", "Til Hisn"), 36.5, 40.1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("\tKafr X\t\tnorth\t40.1\tSY\t\tPPL\t\tme", "lat is 'north', not a number"),
        ("\tKafr X\t\t96.5\t40.1\tSY\t\tPPL\t\tme", "lat is 96.5, outside -90 to 90"),
        ("\tKafr X\t\t36.5\t\tSY\t\tPPL\t\tme", "lat and lon must both be given"),
        ("\tKafr X\t\t\t\tSY\t\tPPL\t\tme", "a place without a GeoNames id needs lat and lon"),
        ("\tKafr X\t\t36.5\t40.1\tSyria\t\tPPL\t\tme", "country is 'Syria'; write its ISO 3166-1 code"),
        ("173530\tKafr X\t\t\t\t\t\t\t\tme", "id is '173530'; write geonames:NUMBER"),
        ("\t\t\t36.5\t40.1\tSY\t\tPPL\t\tme", "no name"),
        ("\tKafr X\t\t36.5\t40.1\tSY\t\tPPL\t\t", "no source"),
        ("\tKafr X\t\t36.5\t40.1\tSY\t\tPPL\t\tme\textra", "11 cells, but the header has 10 columns"),
    ],
)
def test_a_bad_row_gives_its_line_and_why(tmp_path: Path, row: str, why: str) -> None:
    tables = _table(tmp_path, "\tKafr A\t\t36.5\t40.1\tSY\t\tPPL\t\tme", row)
    with pytest.raises(ResourceError) as error:
        read_tables(tables)
    assert "mine.tsv, line 3" in str(error.value)
    assert why in str(error.value)


def test_an_unknown_column_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"unknown column 'latt'.*Did you mean 'lat'"):
        read_tables(_table(tmp_path, header=HEADER.replace("\tlat\t", "\tlatt\t")))


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"nowhere\.tsv cannot be read"):
        read_tables([tmp_path / "nowhere.tsv"])


def test_every_row_of_our_tables_is_whole() -> None:
    rows = read_tables(overlay_tables())
    assert len(rows) > 500
    assert all(row.source for row in rows)
    assert all(row.country or row.feature != "PPL" for row in rows if row.id.startswith("dateline:"))


def test_no_place_of_our_tables_is_described_twice() -> None:
    rows = read_tables(overlay_tables())
    ids = [row.id for row in rows if row.id.startswith("dateline:")]
    assert sorted(set(ids)) == sorted(ids)
