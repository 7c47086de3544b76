"""112 needs nobody: no money, no module beside it; and a form sent eight times is one incident."""

import ast
import re
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, connections
from django.utils import timezone

from balai.audit import chain
from balai.context import region_context
from modules.emergency.log_words import ACTIONS
from modules.emergency.models import Call, Category, Incident
from modules.emergency.services.intake import Told, take
from modules.emergency.states import CallType
from modules.emergency.workflow import MOVES
from tests.support import database
from tests.support.committed import Cities, cities  # noqa: F401  # a fixture

ROOT = Path(__file__).resolve().parents[3]
SOURCES = (ROOT, ROOT / "platform")
HERE = ROOT / "modules" / "emergency"
FORBIDDEN = ("provisioning", "stripe", "billing")
THREADS = 8


def imported(path: Path) -> Iterator[str]:
    """Yield the dotted names a file imports, also those inside functions and those it guards."""
    package = path.relative_to(next(root for root in SOURCES[::-1] if root in path.parents)).parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package[: -node.level]) if node.level else ""
            base = ".".join(part for part in (above, node.module or "") if part)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def file_of(name: str) -> Path | None:
    """Return the file of one of our own modules, None for anything else."""
    parts = name.split(".")
    for root in SOURCES:
        for path in (
            root.joinpath(*parts).with_suffix(".py"),
            root.joinpath(*parts, "__init__.py"),
        ):
            if path.is_file():
                return path
    return None


def reached(start: list[Path]) -> tuple[set[str], int]:
    """Return every name that is imported from here on, by any path, and by how many files."""
    seen, names, todo = set(start), set[str](), list(start)
    while todo:
        for name in imported(todo.pop()):
            names.add(name)
            parents = [name.rsplit(".", cut)[0] for cut in range(name.count(".") + 1)]
            for path in filter(None, map(file_of, {name, *parents})):
                if path not in seen:
                    seen.add(path)
                    todo.append(path)
    return names, len(seen)


def test_nothing_here_reaches_billing_by_any_path() -> None:
    own = [path for path in HERE.rglob("*.py") if "tests" not in path.parts]
    names, files = reached(own)
    bad = {name for name in names if set(name.split(".")) & set(FORBIDDEN)}
    assert bad == set()
    others = {name for name in names if name.startswith("modules.")}
    assert {name.split(".")[1] for name in others if "." in name} == {"emergency"}
    assert "balai.outbox" in names
    assert files > len(own) + 50, "it followed the imports into the kernel"


def test_the_search_would_find_billing_if_it_were_there() -> None:
    names, _files = reached([ROOT / "provisioning" / "demo.py"])
    assert {"provisioning.sample", "balai.modules.registry"} <= names
    assert any(set(name.split(".")) & set(FORBIDDEN) for name in names)


def test_nothing_here_waits_for_a_worker() -> None:
    """What must happen leaves through the outbox; a task may be told of it, never waited for."""
    for path in (HERE / "services").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func.attr if isinstance(node, ast.Call) and isinstance(
                node.func, ast.Attribute) else ""  # fmt: skip
            assert called not in ("delay", "apply_async"), path


def test_the_log_has_words_for_all_that_the_services_do() -> None:
    told = {f"emergency.{move.name}" for move in MOVES} - {"emergency.reopen_closed"}
    for path in (HERE / "services").rglob("*.py"):
        told |= set(re.findall(r'action="(emergency\.[a-z_]+)"', path.read_text(encoding="utf-8")))
    assert len(told) > 25, "it found them"
    assert told - set(ACTIONS) == set()


@pytest.fixture
def clean(cities: Cities) -> Iterator[Cities]:  # noqa: F811  # the fixture
    """Yield the cities; what was committed is taken out of the tables again."""
    with region_context(cities.here):
        logged = chain.head().seq
    yield cities
    with database.admin_cursor(str(connection.settings_dict["NAME"])) as cursor:
        for table in ("stamp", "call", "incident", "counter"):
            cursor.execute(f"DELETE FROM {cities.here.schema}.emergency_{table}")
        # The log is append-only for the city itself; the next test finds it as it was.
        cursor.execute(f"DELETE FROM {cities.here.schema}.audit_entry WHERE seq > %s", [logged])


def test_a_form_sent_by_eight_at_once_is_one_incident(clean: Cities) -> None:
    with region_context(clean.here):
        category = Category.objects.order_by("pk")[0]
    forms = [
        Told(key=uuid.uuid4(), kind=CallType.NORMAL, answered_at=timezone.now(),
             category=category, text="Api di lantai dua.")
        for _ in range(5)
    ]  # fmt: skip
    start = Barrier(THREADS)

    def send(form: Told) -> tuple[int, int | None]:
        try:
            with region_context(clean.here):
                start.wait(10)
                call = take(told=form, taker=None)
                return call.pk, call.incident_id
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        for form in forms:
            answers = list(pool.map(send, [form] * THREADS))
            assert len(set(answers)) == 1
            assert answers[0][1] is not None
    with region_context(clean.here):
        assert Incident.objects.count() == Call.objects.count() == len(forms)
        numbers = sorted(Incident.objects.values_list("number", flat=True))
    first = int(numbers[0][-5:])  # another test may have counted before
    told = [int(number[-5:]) for number in numbers]
    assert told == list(range(first, first + len(forms))), "no gap, no double"
