"""I-07: no ``with <region>``, no bare signing, no raw threads in code that runs for regions."""

import pytest

from tests.isolation.banned import ALLOWED, ROOT, findings, sources

CONTROLS = {
    "with": [
        "with region: pass",
        "with self.region as r: pass",
        "async def f():\n async with other_city: pass",
        "tenant.activate()",
        "Region.deactivate()",
    ],
    "signing": [
        "from django.core import signing",
        "from django.core.signing import TimestampSigner",
        "import django.core.signing",
    ],
    "thread": [
        "threading.Thread(target=f)",
        "ThreadPoolExecutor(2)",
        "sync_to_async(f, thread_sensitive=False)",
        "asyncio.to_thread(f)",
        "loop.run_in_executor(None, f)",
    ],
    "door": [
        "connection.set_schema('r_x')",
        "from django_tenants.utils import schema_context",
        "connection.set_schema_to_public()",
    ],
}
HARMLESS = """
with region_context(region), platform(), self._lock, transaction.atomic():
    token = context.activate(region)
    sync_to_async(f)(region)
    signing.dumps(1, salt="x")
"""


def test_i07_nothing_banned_is_in_our_code() -> None:
    found = {
        (kind, str(path.relative_to(ROOT)), line)
        for path in sources()
        for kind, line in findings(path.read_text())
        if (kind, str(path.relative_to(ROOT))) not in ALLOWED
    }
    assert found == set()


def test_i07_every_exception_is_still_needed() -> None:
    needed = {
        (kind, str(path.relative_to(ROOT)))
        for path in sources()
        for kind, _ in findings(path.read_text())
    }
    assert set(ALLOWED) <= needed


@pytest.mark.parametrize(
    ("kind", "code"), [(kind, code) for kind, codes in CONTROLS.items() for code in codes]
)
def test_i07_each_ban_sees(kind: str, code: str) -> None:
    assert [found for found, _ in findings(code)] == [kind]


def test_i07_the_right_ways_pass() -> None:
    assert list(findings(HARMLESS)) == []
