"""Public pages of reports at 1,000 and at 100,000: the list must not notice the difference.

Kabupaten Purworejo gets the few, Kota Tangerang the many; pages are asked for in turn, so that a
busy machine is busy for both. Times are of the whole request in this process, templates included.
"""

import re
from statistics import median

from tests.load import reports
from tests.load.row import Row
from tests.support import asking
from tests.support.client import CityClient

FEW, MANY = ("r_purworejo", 1_000), ("r_tangerang", 100_000)
ROUNDS = 25
LIST = "/complaints/"
MAP = "/complaints/map-data/?bbox={box}&zoom={zoom}"
CITY, QUARTER = "106.5,-6.3,106.8,-6.05", "106.59,-6.21,106.68,-6.15"
NEXT = re.compile(rb'rel="next" href="\?after=([0-9a-f-]{36})#list"')
RATIO, STATEMENTS, MAP_MS = 1.5, 8, 150


def measure() -> list[Row]:
    """Return statements, ratios and times; the database is left as it was found."""
    with reports.filled(FEW, MANY), asking.cached_regions():
        few, many = (CityClient(asking.region(schema)) for schema, _ in (FEW, MANY))
        return [
            *_statements(many),
            *_ratios(few, many),
            *_map(many),
            *_figures(many),
            _row("search of a frequent word", _times(many, "/complaints/?q=lampu")),
            _row("search of three words", _times(many, "/complaints/?q=lampu+veteran+23")),
            _row("Atom feed", _times(many, "/complaints/feed.atom")),
        ]


def _statements(many: CityClient) -> list[Row]:
    return [
        Row(f"statements of {path}", str(count), f"<= {STATEMENTS}", count <= STATEMENTS)
        for path in (LIST, f"{LIST}?q=lampu&sort=followed", MAP.format(box=CITY, zoom=12))
        for count in [asking.statements(many, path)]
    ]


def _ratios(few: CityClient, many: CityClient) -> list[Row]:
    """Compare the list in its three orders, and far down, with that of the smaller city."""
    rows = []
    for name, query in (
        ("newest", ""),
        ("most followed", "?sort=followed"),
        ("longest waiting", "?sort=waiting"),
    ):
        times: dict[str, list[float]] = {"few": [], "many": []}
        for _ in range(ROUNDS):
            for who, client in (("few", few), ("many", many)):
                times[who].append(asking.spent(client, LIST + query))
        small, large = median(times["few"]), median(times["many"])
        ratio = large / small
        rows += [
            Row(f"list, {name}: p50 at 1,000 / 100,000", f"{small:.1f}/{large:.1f} ms"),
            Row(f"list, {name}: ratio", f"{ratio:.2f}x", f"<= {RATIO}x", ratio <= RATIO),
        ]
    deep = median(_times(many, _deep(many)))
    return [*rows, Row("list, 40 pages down: p50 at 100,000", f"{deep:.1f} ms")]


def _map(many: CityClient) -> list[Row]:
    rows = []
    for words, path in (
        ("whole city", MAP.format(box=CITY, zoom=11)),
        ("a quarter of it", MAP.format(box=QUARTER, zoom=14)),
        ("filtered by a word", f"{MAP.format(box=CITY, zoom=11)}&q=lampu"),
    ):
        spent = median(_times(many, path))
        demand = f"<= {MAP_MS} ms"
        rows.append(Row(f"map of 100,000, {words}", f"{spent:.0f} ms", demand, spent <= MAP_MS))
    return rows


def _figures(many: CityClient) -> list[Row]:
    path = "/complaints/statistics/"
    fresh = []
    for _ in range(3):
        asking.forget()
        fresh.append(asking.spent(many, path))
    return [_row("figures, made anew", fresh), _row("figures, kept", _times(many, path))]


def _row(name: str, times: list[float]) -> Row:
    return Row(f"{name}, 100,000 reports", f"{median(times):.0f} ms")


def _deep(client: CityClient) -> str:
    """Return the address of a page that 40 clicks on "next" lead to."""
    path = LIST
    for _ in range(40):
        found = NEXT.search(client.get(path).content)
        if found is None:
            raise LookupError(f"{path} has no next page")
        path = f"{LIST}?after={found[1].decode()}"
    return path


def _times(client: CityClient, path: str) -> list[float]:
    client.get(path)
    return [asking.spent(client, path) for _ in range(ROUNDS)]
