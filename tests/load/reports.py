"""Many public reports at once, for benches: written with COPY, spread like a real city's.

Of 14,012 reports that LAKSA took in 2024, 96 % were done by the year's end (its own count):
so most of these are closed, the open ones young, and a few kinds and kecamatan lead.
"""

import csv
import io
import json
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from balai import fulltext
from modules.complaints import numbers
from tests.support import asking, database

DAYS = 730
CENTRE = (-6.178, 106.63)  # Kota Tangerang
STATES = (
    ("closed", 88), ("resolved", 5), ("in_progress", 3), ("dispositioned", 2), ("reopened", 1),
    ("planned", 1),
)  # fmt: skip
STREETS = (
    "Merdeka", "Daan Mogot", "Imam Bonjol", "Benteng Betawi", "Hasyim Ashari", "Moh. Toha",
    "Gatot Subroto", "Raden Fatah", "Maulana Hasanuddin", "KS Tubun", "Veteran", "Kisamaun",
)  # fmt: skip
FIELDS = (
    "uuid", "number", "secret_hash", "kind", "category_id", "title", "text", "identity", "language",
    "area_id", "district_id", "landmark", "latitude", "longitude", "state", "agency_id", "secret",
    "refusals", "reopenings", "sample", "created_at", "published_at", "answered_at", "resolved_at",
    "due_at", "followers",
)  # fmt: skip
WORDS = ("plain", "heading", "place", "body")


@contextmanager
def filled(*cities: tuple[str, int]) -> Iterator[None]:
    """Write each city's number of reports, and take them away for the benches that come after.

    Args:
        cities: each one's schema and how many reports it gets.
    """
    for schema, count in cities:
        fill(schema, count)
    try:
        yield
    finally:
        with database.admin_cursor(str(settings.DATABASES["default"]["NAME"])) as cursor:
            for schema, _ in cities:
                cursor.execute(f"TRUNCATE {schema}.complaints_complaint CASCADE")
        asking.forget()


def fill(schema: str, count: int) -> None:
    """Write ``count`` public reports into the region ``schema`` of the database in use."""
    name = str(settings.DATABASES["default"]["NAME"])
    table = f"{schema}.complaints_complaint"
    with database.admin_cursor(name) as cursor:
        cursor.execute(f"SET search_path TO {schema}")
        file = io.StringIO()
        csv.writer(file).writerows(_rows(_world(cursor), count))
        file.seek(0)
        cursor.execute(
            f"CREATE TEMP TABLE bench_reports AS SELECT {', '.join(FIELDS)},"
            f" {', '.join(f'title AS {word}' for word in WORDS)} FROM {table} WITH NO DATA;"
            f"ALTER TABLE bench_reports {', '.join(f'ALTER {w} TYPE text' for w in WORDS)}"
        )
        cursor.copy_expert("COPY bench_reports FROM STDIN WITH (FORMAT csv)", file)
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(FIELDS)}, search) SELECT {', '.join(FIELDS)},"
            " setweight(to_tsvector('simple', plain), 'A') ||"
            " setweight(to_tsvector('indonesian', heading), 'A') ||"
            " setweight(to_tsvector('indonesian', place), 'B') ||"
            " setweight(to_tsvector('indonesian', body), 'C') FROM bench_reports"
        )
        cursor.execute("DROP TABLE bench_reports")
        cursor.execute(f"VACUUM ANALYZE {table}")


def _world(cursor: Any) -> dict[str, list[Any]]:
    """Return the region's kinds, agencies and villages, in an order of their own."""
    cursor.execute(
        "SELECT id, agency_id, days FROM complaints_category WHERE parent_id IS NOT NULL"
    )
    kinds = cursor.fetchall()
    cursor.execute("SELECT id FROM directory_agency ORDER BY id")
    agencies = [row[0] for row in cursor.fetchall()]
    cursor.execute(
        "SELECT v.id, v.name, d.id, d.name FROM directory_area v JOIN directory_area d"
        " ON d.id = v.parent_id WHERE v.kind = 'village' ORDER BY v.id"
    )
    return {"kinds": kinds, "agencies": agencies, "villages": cursor.fetchall()}


def _rows(world: dict[str, list[Any]], count: int) -> Iterator[list[Any]]:
    chance = random.Random(20261125)  # the same city every time
    stories = json.loads(
        (Path(__file__).parents[2] / "modules/complaints/sample/reports.json").read_text("utf-8")
    )
    now = timezone.now()
    spots = {
        village[0]: (
            CENTRE[0] + chance.uniform(-0.06, 0.06),
            CENTRE[1] + chance.uniform(-0.08, 0.08),
        )
        for village in world["villages"]
    }
    for serial in range(1, count + 1):
        yield _row(world, spots, stories, now, serial, chance)


def _row(
    world: Any, spots: Any, stories: Any, now: datetime, serial: int, chance: random.Random
) -> list[Any]:
    story, street = chance.choice(stories), chance.choice(STREETS)
    kind, agency, days = world["kinds"][_leading(len(world["kinds"]), chance)]
    village, village_name, district, district_name = world["villages"][
        _leading(len(world["villages"]), chance)
    ]
    (state,) = chance.choices([s for s, _ in STATES], [share for _, share in STATES])
    done = state in ("closed", "resolved")
    back = chance.uniform(5, DAYS) if done else chance.expovariate(1 / 12)
    created = now - timedelta(days=back, hours=1)
    spent = timedelta(days=min(chance.lognormvariate(1.2, 0.8), back))
    number = numbers.make("TNG", created.year, serial)
    title = f"{story['title']} di Jalan {street} No. {chance.randint(1, 240)}"
    landmark = f"{story['landmark']} RT {chance.randint(1, 12):02}"
    place = f"{number} {landmark} {village_name} {district_name}"
    latitude, longitude = spots[village]
    heading = " ".join(fulltext.words(title))
    return [
        uuid.UUID(int=chance.getrandbits(128), version=4), number, "x" * 64, "complaint", kind,
        title,
        story["text"], "secret", "id", village, district, landmark,
        round(chance.gauss(latitude, 0.006), 6), round(chance.gauss(longitude, 0.006), 6), state,
        agency or chance.choice(world["agencies"]), False, 0, int(chance.random() < 0.06), False,
        created, created + min(spent, timedelta(hours=9)), created + min(spent, timedelta(hours=9)),
        created + spent if done else None, None if done else created + timedelta(days=days),
        int(chance.expovariate(1.5)),
        heading, heading, " ".join(fulltext.words(place)), " ".join(fulltext.words(story["text"])),
    ]  # fmt: skip


def _leading(size: int, chance: random.Random) -> int:
    """Return a place in a list whose first places come up most, as in a real city."""
    return min(int(chance.expovariate(4 / size)), size - 1)
