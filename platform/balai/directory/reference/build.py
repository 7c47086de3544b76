"""Make the reference files from the npm package ``idn-area-data``.

Run ``npm pack idn-area-data@4.0.1`` and then
``python -m balai.directory.reference.build idn-area-data-4.0.1.tgz``.
The same package gives the same bytes. Letters that were given once are kept.
"""

import csv
import io
import json
import sys
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from balai.directory.reference import abbreviations

HERE = Path(__file__).parent
Row = dict[str, str]
Named = tuple[str, str]

# Keppres 41/1987 with the provinces made since; everything not listed is WIB.
WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
WIT = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})
EPOCH = (1980, 1, 1, 0, 0, 0)


def main(archive: Path) -> None:
    """Write ``regions.json`` and ``villages.zip`` beside this file."""
    tables = {name: read_table(archive, name) for name in TABLES}
    version = json.loads(read_member(archive, "package.json"))["version"]
    regions = build_regions(tables, version, previous_letters())
    (HERE / "regions.json").write_text(dump_regions(regions), encoding="utf-8")
    (HERE / "villages.zip").write_bytes(pack_villages(tables))


TABLES = ("provinces", "regencies", "districts", "villages")


def read_member(archive: Path, name: str) -> str:
    """Return one text file of the npm tarball. Raises KeyError when it is not there."""
    with tarfile.open(archive) as tar:
        member = tar.extractfile(f"package/{name}")
        if member is None:
            raise KeyError(name)
        return member.read().decode("utf-8")


def read_table(archive: Path, name: str) -> list[Row]:
    """Return the rows of ``data/<name>.csv``."""
    rows = list(csv.DictReader(io.StringIO(read_member(archive, f"data/{name}.csv"))))
    for row in rows:
        row["name"] = readable(row["name"])
    return rows


def readable(name: str) -> str:
    """Return ``name`` as it is, but never all in lower case (a slip of a few source rows)."""
    return name.title() if name.islower() else name


def previous_letters() -> dict[str, str]:
    """Return the letters in the file that is there now, so that none of them changes."""
    file = HERE / "regions.json"
    if not file.exists():
        return {}
    return {row[0]: row[3] for row in json.loads(file.read_text(encoding="utf-8"))["regencies"]}


def build_regions(
    tables: dict[str, list[Row]], version: str, kept: dict[str, str]
) -> dict[str, Any]:
    """Return what the picker needs: provinces with their zone, regencies with their letters."""
    regencies = [(row["code"], *split_kind(row["name"])) for row in tables["regencies"]]
    letters = abbreviations.assign(regencies, kept)
    return {
        "source": f"npm idn-area-data {version}, data ODbL 1.0",
        "provinces": [
            [row["code"], row["name"], zone_of(row["code"])] for row in tables["provinces"]
        ],
        "regencies": [[code, kind, name, letters[code]] for code, kind, name in regencies],
    }


def dump_regions(regions: dict[str, Any]) -> str:
    """Return JSON with one row on a line: a changed name is one changed line."""
    lists = ",\n".join(
        f'"{key}": [\n' + ",\n".join(_line(row) for row in regions[key]) + "\n]"
        for key in ("provinces", "regencies")
    )
    return f'{{"source": {_line(regions["source"])},\n{lists}}}\n'


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def split_kind(full_name: str) -> Named:
    """Return ("kota", "Tangerang") for "Kota Tangerang"; "Kota Administrasi ..." is a kota too."""
    kind, _, name = full_name.partition(" ")
    if kind not in ("Kota", "Kabupaten"):
        raise ValueError(f"{full_name!r} is neither kota nor kabupaten")
    return kind.lower(), name


def zone_of(province: str) -> str:
    """Return the IANA name of a province's time zone."""
    if province in WITA:
        return "Asia/Makassar"
    return "Asia/Jayapura" if province in WIT else "Asia/Jakarta"


def pack_villages(tables: dict[str, list[Row]]) -> bytes:
    """Return a zip with one member per regency: districts, and beneath each its villages."""
    districts = by(tables["districts"], "regency_code")
    villages = by(tables["villages"], "district_code")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for regency in sorted(districts):
            lines = []
            for district in districts[regency]:
                lines.append(f"{district['code'][6:]}\t{district['name']}")
                lines += [f"{v['code'][9:]}\t{v['name']}" for v in villages[district["code"]]]
            member = zipfile.ZipInfo(regency, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(member, "\n".join(lines) + "\n")
    return buffer.getvalue()


def by(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    """Group rows by a column, in the order of their codes."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["code"]):
        groups[row[key]].append(row)
    return groups


if __name__ == "__main__":
    main(Path(sys.argv[1]))
