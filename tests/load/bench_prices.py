"""Prices at ten years x 30 markets x 40 varieties: 4.4 million quotes, one a market, good and day.

The public pages read compact daily rows, never quotes: their time must not notice how many there
are. Times are of the whole request in this process, templates included.
"""

import time
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.conf import settings

from balai.context import Region, region_context
from modules.prices.models import Market, Quote, Variety
from modules.prices.selectors.panel import sheet
from modules.prices.services import publishing
from tests.load.row import Row
from tests.support import asking, database
from tests.support.client import CityClient

SCHEMA = "r_tangerang"
MARKETS, VARIETIES, DAYS = 30, 40, 3653
ROUNDS = 25
PAGE_MS, STATEMENTS, PUBLISH_MS = 100, 8, 1000
PAGES = (
    ("today", "/prices/"),
    ("one market", "/prices/?market=bench-7"),
    ("five years ago", "/prices/?date={old}"),
    ("markets side by side", "/prices/markets/"),
    ("basket", "/prices/basket/?bench-1=10&bench-9=2,5&bench-30=1"),
    ("ceilings", "/prices/ceilings/"),
    ("one good, 30 days", "/prices/goods/bench-3/"),
    ("one good, 365 days", "/prices/goods/bench-3/?days=365"),
)
WORLD = """
UPDATE prices_market SET active = false;
UPDATE prices_variety SET active = false;
INSERT INTO prices_market (slug, name, address, codes, active, position)
  SELECT 'bench-' || n, 'Pasar ' || n, '', '{}', true, n FROM generate_series(1, %(markets)s) n;
INSERT INTO prices_variety (slug, group_id, label_id, label_en, unit, other_unit, basket, codes,
    active, position)
  SELECT 'bench-' || n, (SELECT id FROM prices_group ORDER BY id OFFSET n %% 10 LIMIT 1),
    'Barang ' || n, 'Good ' || n, 'kg', '', 0, '{}', true, n
  FROM generate_series(1, %(varieties)s) n;
INSERT INTO prices_ceiling (variety_id, kind, zone, unit, high, starts, decree)
  SELECT id, 'het', '1', 'kg', 12000, '2010-01-01', 'Uji' FROM prices_variety WHERE active;
INSERT INTO prices_round (uuid, market_id, date, state, note, answer, source, sample, opened_at)
  SELECT gen_random_uuid(), m.id, day::date,
    CASE WHEN day = %(today)s THEN 'verified' ELSE 'published' END, '', '', '', false, day
  FROM generate_series(%(first)s::timestamptz, %(today)s::timestamptz, '1 day') day,
    prices_market m WHERE m.active;
"""
QUOTES = """
INSERT INTO prices_quote (round_id, variety_id, seen, price, reason, stock, flag, why, taken_at)
  SELECT r.id, v.id, 'observed', 10000 + (r.id * 37 + v.id * 131) %% 4000, '', '', '', '',
    r.opened_at
  FROM prices_round r, prices_variety v WHERE v.active;
"""
PUBLISHED = """
INSERT INTO prices_publication (date, revision, reason, published_at, sample)
  SELECT DISTINCT date, 1, '', date::timestamptz, false FROM prices_round
  WHERE state = 'published';
INSERT INTO prices_dayprice (publication_id, variety_id, date, revision, mean, low, high, observed,
    markets)
  SELECT p.id, q.variety_id, r.date, 1, round(avg(q.price)), min(q.price), max(q.price), count(*),
    jsonb_object_agg(r.market_id::text, jsonb_build_array(q.price, 0))
  FROM prices_quote q JOIN prices_round r ON r.id = q.round_id
    JOIN prices_publication p ON p.date = r.date
  GROUP BY p.id, q.variety_id, r.date;
"""


def measure() -> list[Row]:
    """Return statements and times of the pages, and how long publishing a day takes."""
    region = asking.region(SCHEMA)
    with region_context(region):
        today = date.today()
    count = _fill(today)
    with asking.cached_regions():
        rows = [Row("quotes of prices", f"{count:,}")]
        client, old = CityClient(region), (today - timedelta(days=1826)).isoformat()
        pages = {name: path.format(old=old) for name, path in PAGES}
        rows += [_statements(client, name, path) for name, path in pages.items()]
        rows += _times(client, pages)
        return [*rows, *_desk(region, today), _publish(region, today)]


def _statements(client: CityClient, name: str, path: str) -> Row:
    count = asking.statements(client, path)
    few = 0 < count <= STATEMENTS
    return Row(f"prices, {name}: statements", str(count), f"<= {STATEMENTS}", few)


def _times(client: CityClient, pages: dict[str, str]) -> list[Row]:
    """Ask for the pages in turn, so that a busy machine is busy for all of them."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for name, path in pages.items():
            times[name].append(asking.spent(client, path))
    rows = []
    for name, spent in times.items():
        p50 = median(spent)
        demand = f"<= {PAGE_MS} ms"
        rows.append(Row(f"prices, {name}: p50", f"{p50:.0f} ms", demand, p50 <= PAGE_MS))
    return rows


def _desk(region: Region, today: date) -> list[Row]:
    """Time the enumerator's sheet, which looks back over a market's own rounds."""
    with region_context(region):
        market, times = Market.objects.get(slug="bench-7"), []
        for _ in range(5):
            began = time.perf_counter()
            sheet(market, today)
            times.append((time.perf_counter() - began) * 1000)
    return [Row("prices, an enumerator's sheet is read", f"{median(times):.0f} ms")]


def _publish(region: Region, today: date) -> Row:
    with region_context(region):
        began = time.perf_counter()
        publishing.publish(day=today, by=None)
        spent = (time.perf_counter() - began) * 1000
        quotes = Quote.objects.filter(round__date=today).count()
        if quotes != MARKETS * Variety.objects.filter(active=True).count():
            raise RuntimeError(f"the day has {quotes} quotes")
    return Row("prices, a day is published", f"{spent:.0f} ms", f"<= {PUBLISH_MS} ms",
               spent <= PUBLISH_MS)  # fmt: skip


def _fill(today: date) -> int:
    """Write ten years and return how many quotes they are."""
    told = {"markets": MARKETS, "varieties": VARIETIES, "today": today,
            "first": today - timedelta(days=DAYS - 1)}  # fmt: skip
    with database.admin_cursor(str(settings.DATABASES["default"]["NAME"])) as cursor:
        cursor.execute(f"SET search_path TO {SCHEMA}; SET TIME ZONE 'UTC'")
        _trust(cursor)
        for statement in (WORLD, QUOTES, PUBLISHED):
            cursor.execute(statement, told)
        for table in ("quote", "round", "publication", "dayprice"):
            cursor.execute(f"VACUUM ANALYZE prices_{table}")
        cursor.execute("SELECT count(*) FROM prices_quote")
        (count,) = cursor.fetchone()
        return int(count)


def _trust(cursor: Any) -> None:
    """Drop the quotes' foreign keys in this throw-away database: 13 million look-ups are spared."""
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE contype = 'f'"
        " AND conrelid = 'prices_quote'::regclass"
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f'ALTER TABLE prices_quote DROP CONSTRAINT "{name}"')
