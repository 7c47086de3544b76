"""Finding a photo that was used before among 100,000, beside comparing every one in Python.

One sequential scan that counts the bits of XOR, most rows against two hashes of the fourteen.
Tried beside it: eight bands of eight bits with an index (nine bits of 64 leave no band untouched:
1,000 probes of 400 rows each), a BK-tree (at nine bits it visits most nodes, and would lie in the
memory of every process for every region).
"""

import random
import statistics
import time

from django.db import connection
from django.utils import timezone

from balai.context import platform, region_context
from modules.complaints.fingerprint import NEAR, signed
from tenants import directory
from tests.load.row import Row

PHOTOS = 100_000
SEARCHES = 40
LIMIT = 50
FLIPS = (0, 3, 6, 9)
"""How many bits of a stored hash the pictures looked for differ in: 9 is just still alike."""

FILES = """
INSERT INTO files_storedfile
  (uuid, purpose, owner, name, kind, width, height, bytes, sha256, created_at)
SELECT gen_random_uuid(), 'complaints', 'bench', 'x.jpg', 'photo', 1, 1, 1, '', now()
FROM generate_series(1, %s) RETURNING id
"""
ROWS = """
INSERT INTO complaints_photo (complaint_id, file_id, stage, taken_at, phash)
SELECT %s, file, 'before', now() - interval '1 day', hash
FROM unnest(%s::bigint[], %s::bigint[]) AS pairs(file, hash)
"""


def measure() -> list[Row]:
    """Fill the table, search, and see that a search finds what brute force finds."""
    with platform():
        region = directory.by_schema("r_tangerang")
    if region is None:
        raise LookupError("the bench database has no Kota Tangerang")
    chance = random.Random(20261125)
    stored = [chance.getrandbits(64) - (1 << 63) for _ in range(PHOTOS)]
    with region_context(region):
        _fill(stored)
        spent, brute, missed, found = [], [], 0, 0
        for number in range(SEARCHES):
            near = _looked_for(stored, chance, FLIPS[number % len(FLIPS)])
            began = time.perf_counter()
            hits = _search(near)
            spent.append(time.perf_counter() - began)
            began = time.perf_counter()
            expected = _brute(stored, near)
            brute.append(time.perf_counter() - began)
            missed += len(expected.symmetric_difference(hits))
            found += len(expected)
    median, worst = (1000 * value for value in (statistics.median(spent), max(spent)))
    times = statistics.median(brute) / statistics.median(spent)
    return [
        Row(f"look-alikes among {PHOTOS:,} photos, 14 hashes, p50", f"{median:.0f} ms",
            f"<= {LIMIT} ms", median <= LIMIT),
        Row("the slowest of them", f"{worst:.0f} ms"),
        Row("comparing them in Python", f"{times:.0f}x"),
        Row("hits that differ from brute force", f"{missed} of {found}", "0", missed == 0),
    ]  # fmt: skip


def _fill(stored: list[int]) -> None:
    from modules.complaints.models import Category
    from modules.complaints.services import Draft, report

    draft = Draft(
        category=Category.objects.filter(parent__isnull=False)[0], text="Lampu padam " * 3
    )
    owner = report(draft=draft).complaint
    with connection.cursor() as cursor:
        cursor.execute(FILES, [PHOTOS])
        files = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(ROWS, [owner.pk, files, stored])
        cursor.execute("ANALYZE complaints_photo")


def _looked_for(stored: list[int], chance: random.Random, flips: int) -> list[list[int]]:
    """Return two families of seven hashes; a member of one is a stored hash that changed a little.

    Members lie 13 bits around the first, as those of photographs do.
    """
    plain, mirrored = _changed(chance.choice(stored), chance, flips), chance.getrandbits(64)
    families = []
    for member in (plain, mirrored):
        first = _changed(member, chance, 13)
        others = [_changed(first, chance, 13) for _ in range(5)]
        families.append([signed(value) for value in (first, member, *others)])
    return families


def _changed(value: int, chance: random.Random, flips: int) -> int:
    value &= (1 << 64) - 1
    for bit in chance.sample(range(64), flips):
        value ^= 1 << bit
    return value


def _search(families: list[list[int]]) -> set[int]:
    from modules.complaints.models import Photo
    from modules.complaints.selectors.evidence import look_alikes

    looked = Photo(complaint_id=0, taken_at=timezone.now())
    return {photo.phash for photo, _bits in look_alikes(looked, families)}


def _brute(stored: list[int], families: list[list[int]]) -> set[int]:
    near, mask = [value for family in families for value in family], (1 << 64) - 1
    return {
        value for value in stored if any(((value ^ one) & mask).bit_count() <= NEAR for one in near)
    }
