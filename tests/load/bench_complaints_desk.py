"""The officers' inbox at 91,000 reports: every tab, order and search, for two kinds of officers.

Times are of the whole request in this process, templates included; a coordinator sees all, an
agency's officer the agency's own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from django.conf import settings

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import region_context
from balai.directory.models import Agency
from tests.load import reports
from tests.load.row import Row
from tests.support import asking, database
from tests.support.client import CityClient

SCHEMA, COUNT = "r_tangerang", 91_000
ROUNDS = 15
PAGE_MS, STATEMENTS = 150, 16
DESK = "/desk/complaints/"
PAGES = (
    ("my turn", ""),
    ("all, most urgent", "?tab=all"),
    ("all, newest", "?tab=all&sort=newest"),
    ("all, oldest", "?tab=all&sort=oldest"),
    ("all, slowest answers", "?tab=all&sort=response"),
    ("open", "?tab=open"),
    ("late, longest waiting", "?tab=late&sort=oldest"),
    ("a frequent word", "?tab=all&q=lampu"),
    ("three words", "?tab=all&q=lampu+veteran+23"),
    ("a rare kind", "?tab=all&category=40"),
    ("one officer's", "?tab=all&assignee=me"),
)
AT_WORK = """
UPDATE complaints_complaint SET state = 'received', published_at = NULL, answered_at = NULL
  WHERE id %% 10 = 0 AND state NOT IN ('closed', 'resolved');
UPDATE complaints_complaint SET assignee_id = %(officer)s
  WHERE id %% 3 = 0 AND state NOT IN ('closed', 'resolved')
    AND agency_id = (SELECT id FROM directory_agency WHERE code = 'dishub');
"""


def measure() -> list[Row]:
    """Return statements and times; the database keeps two officers of it."""
    region = asking.region(SCHEMA)
    with region_context(region):
        people = officers()
    rows = []
    with world(people), asking.cached_regions():
        for who, user in people.items():
            client = CityClient(region)
            client.force_login(user)
            rows += _measured(who, client)
    return rows


def officers() -> dict[str, User]:
    """Return a coordinator, and an officer of the transport agency; in the active region."""
    made = {}
    for role, agency in (("coordinator", None), ("officer", Agency.objects.get(code="dishub"))):
        user = User.objects.create_user(email=f"{role}@bangku.test", name=role)
        grant_role(user=user, role=role, agency=agency)
        made[role] = user
    return made


@contextmanager
def world(people: dict[str, User]) -> Iterator[None]:
    """Have the city's reports, some new and some assigned, for the length of a block."""
    with reports.filled((SCHEMA, COUNT)):
        with database.admin_cursor(str(settings.DATABASES["default"]["NAME"])) as cursor:
            cursor.execute(f"SET search_path TO {SCHEMA}")
            cursor.execute(AT_WORK, {"officer": people["officer"].pk})
            cursor.execute("VACUUM ANALYZE complaints_complaint")
        yield


def _measured(who: str, client: CityClient) -> list[Row]:
    """Ask for the pages in turn, so that a busy machine is busy for all of them."""
    times: dict[str, list[float]] = {name: [] for name, _ in PAGES}
    for _ in range(ROUNDS):
        for name, query in PAGES:
            times[name].append(asking.spent(client, DESK + query))
    count = asking.statements(client, DESK)
    rows = [Row(f"desk, {who}: statements", str(count), f"<= {STATEMENTS}", count <= STATEMENTS)]
    for name, spent in times.items():
        p50 = median(spent)
        demand = f"<= {PAGE_MS} ms"
        rows.append(Row(f"desk, {who}, {name}: p50", f"{p50:.0f} ms", demand, p50 <= PAGE_MS))
    return rows
