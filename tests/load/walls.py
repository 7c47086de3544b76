"""500 walls of one city as their scripts behave: they hear of real events and fetch their tiles.

A wall waits a quarter of a second after the first event (live.js), spreads its request over a
fifth of a second, asks for all tiles at once, and not again within a second (wall.js).
"""

import asyncio
import random
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from django.core.cache import caches
from django.db import transaction
from django.test import override_settings

from balai import context
from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import platform
from balai.directory.models import Area
from balai.modules import widgets
from balai.settings.local_secrets import secret_key
from modules.complaints import services as complaints
from modules.complaints.models import Category
from modules.complaints.workflow import MOVES
from modules.liveroom import access, services
from tenants import directory
from tests.load.row import Row
from tests.support import streams

CITY = "tangerang"
TOPIC = "complaints.report"
WALLS, SAMPLE = 500, 20
EVENTS, BURST = 12, 30
QUIET, SPREAD, APART = 0.25, 0.2, 1.0
FRESH_MS = 1000


@dataclass
class Wall:
    """One open wall: what it heard, when it asked for tiles and had them, what was turned away."""

    heard: streams.Heard
    fetched: list[tuple[float, float]] = field(default_factory=list)
    asked: int = 0
    refused: int = 0

    def fresh_after(self, committed: float) -> float | None:
        """Return when it had tiles that it asked for after a commit, or None."""
        return next((had for asked, had in self.fetched if asked >= committed), None)


@dataclass
class City:
    """Where the walls look, and with what."""

    port: int
    cookie: str
    tiles: str

    @property
    def host(self) -> str:
        """The city's host with the port."""
        return f"{CITY}.localhost:{self.port}"


def measure(port: int, state: Path) -> list[Row]:
    """Open the walls and report what real events cost them and the server.

    Args:
        state: the folder with the secret that the processes sign with.
    """
    with override_settings(SECRET_KEY=secret_key(state)):
        city = _inside(lambda: _city(port))
    assert isinstance(city, City)
    return asyncio.run(_scenario(city))


async def _scenario(city: City) -> list[Row]:
    topics = sorted({TOPIC, *(move.topic for move in MOVES)})
    ticket = await streams.token(city.port, city.host, topics)
    opened = (streams.listen(city.port, city.host, ticket) for _ in range(WALLS))
    walls = [Wall(heard) for heard in await asyncio.gather(*opened)]
    status, _body = await streams.get(city.port, city.host, city.tiles, cookie=city.cookie)
    assert status == 200, status
    rows = [*await _one_by_one(city, walls), *await _burst(city, walls)]
    for wall in walls:
        wall.heard.close()
    return rows


async def _one_by_one(city: City, walls: list[Wall]) -> list[Row]:
    """Tell of single events; a sample of the walls fetches its tiles."""
    sample = walls[:SAMPLE]
    following = [asyncio.create_task(_follow(city, wall)) for wall in sample]
    told, fresh = [], []
    for _ in range(EVENTS):
        committed = await asyncio.to_thread(_inside, _report)
        told.append(committed)
        await _all_fresh(sample, committed)
        fresh += [(wall.fresh_after(committed) or committed + 60) - committed for wall in sample]
        await asyncio.sleep(APART)
    await streams.until(lambda: all(len(wall.heard.times) >= EVENTS for wall in walls))
    for task in following:
        task.cancel()
    heard = [at - began for wall in walls for began, at in zip(told, wall.heard.times, strict=True)]
    return [
        Row(f"real event to {WALLS} walls, p50 / p95 / max", _spread(heard)),
        Row(
            f"  fresh tiles of {SAMPLE} walls, p50 / p95 / max", _spread(fresh),
            f"max < {FRESH_MS} ms", max(fresh) * 1000 < FRESH_MS,
        ),
    ]  # fmt: skip


async def _burst(city: City, walls: list[Wall]) -> list[Row]:
    """Tell of many events within a second or two; all walls fetch."""
    for wall in walls:
        wall.fetched, wall.asked, wall.refused = [], 0, 0
        wall.heard.news.clear()
    following = [asyncio.create_task(_follow(city, wall)) for wall in walls]
    made: set[bytes] = set()
    looking = asyncio.create_task(_watch(made))
    last = 0.0
    for _ in range(BURST):
        last = await asyncio.to_thread(_inside, _report)
    done = await _all_fresh(walls, last)
    for task in (*following, looking):
        task.cancel()
    delays = [(wall.fresh_after(last) or last + 60) - last for wall in walls]
    asked = sum(wall.asked for wall in walls)
    refused = sum(wall.refused for wall in walls)
    naive = WALLS * BURST * city.tiles.count("key=")
    return [
        Row(
            f"burst of {BURST} events, {WALLS} walls: all fresh after", _spread(delays), "all", done
        ),
        Row("  requests for tiles, one a tile and event would be", f"{asked} / {naive}"),
        Row("  turned away and repeated / tiles made", f"{refused} / {len(made)}"),
    ]


async def _all_fresh(walls: list[Wall], committed: float) -> bool:
    return await streams.until(lambda: all(wall.fresh_after(committed) for wall in walls), 60)


async def _follow(city: City, wall: Wall) -> None:
    while True:
        await wall.heard.news.wait()
        await asyncio.sleep(QUIET + SPREAD * random.random())
        wall.heard.news.clear()
        began = time.monotonic()
        while True:
            wall.asked += 1
            asked = time.monotonic()
            status, _body = await streams.get(city.port, city.host, city.tiles, cookie=city.cookie)
            if status == 200:
                break
            wall.refused += 1
            await asyncio.sleep(APART * (1 + 2 * random.random()))
        wall.fetched.append((asked, time.monotonic()))
        await asyncio.sleep(max(0.0, began + APART - time.monotonic()))


def _city(port: int) -> City:
    admin = User.objects.create_user(email="layar-beban@contoh.test", name="Beban")
    grant_role(user=admin, role="admin")
    screen = services.connect_screen(name="Beban", days=30, by=User.objects.get(pk=admin.pk))
    keys = [one.key() for one in widgets.active("wall") if TOPIC in one.topics]
    query = urlencode([("key", key) for key in keys])
    cookie = f"{access.COOKIE}={access.token_of(screen)}"
    return City(port, cookie, f"/liveroom/wall/tiles/?{query}")


def _report() -> float:
    """Send a report through the real service; return when it was committed."""
    done: list[float] = []
    draft = complaints.Draft(
        category=Category.objects.get(slug="lampu-jalan"), identity="anonymous",
        area=Area.objects.filter(kind=Area.Kind.VILLAGE).select_related("parent").first(),
        text="Lampu jalan mati di depan gerbang sekolah sejak hari Minggu malam.",
    )  # fmt: skip
    with transaction.atomic():
        complaints.report(draft=draft, photos=[])
        transaction.on_commit(lambda: done.append(time.monotonic()))
    return done[0]


def _inside(what):  # type: ignore[no-untyped-def]  # any function of the city
    with platform():
        region = directory.by_schema(f"r_{CITY}")
    assert region is not None
    with context.region_context(region):
        return what()


async def _watch(made: set[bytes]) -> None:
    """Gather the names of the tiles that were made, before the cache forgets them."""
    client = caches["default"]._cache.get_client()
    while True:
        made.update(client.scan_iter(match=f"*r_{CITY}:liveroom:tile:*", count=1000))
        await asyncio.sleep(2)


def _spread(seconds: list[float]) -> str:
    cuts = quantiles(seconds, n=20)
    return (
        " / ".join(f"{value * 1000:.0f}" for value in (median(seconds), cuts[18], max(seconds)))
        + " ms"
    )
