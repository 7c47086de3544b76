"""Who looked at what: for admins and leaders, by person and day, a page at a time."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from balai import audit
from balai.audit.actor import acting_as
from balai.context import Region
from modules.complaints.models import Complaint
from modules.liveroom import looks, services

PAGE = "/desk/liveroom/viewers/"


def test_looks_are_listed_by_person_and_day(
    in_region: Region, client_for: Callable, leader: object, make_user: Callable, report: Complaint
) -> None:
    client_for(in_region, leader).get(f"/desk/liveroom/cases/complaints/{report.uuid}/")
    screen = services.connect_screen(name="Lobi", days=30, by=make_user("admin"))
    services.note_screen(screen=screen)
    with acting_as("Wakil Wali Kota"):
        for hour in range(60):
            audit.record(action=looks.PAST, target=f"2026-01-0{hour // 24 + 1}T{hour % 24:02}")
    with acting_as("Orang Lain"):
        audit.record(action="account.created", target="x")
    admin = client_for(in_region, make_user("admin"))
    page = admin.get(PAGE)
    assert (len(page.context["looks"]), page.context["page"].paginator.count) == (50, 62)
    assert "Orang Lain" not in page.content.decode()
    assert "3 Jan" in page.context["looks"][0].which
    assert "11.00 WIB" in page.context["looks"][0].which
    mayor = admin.get(PAGE, {"who": leader.name}).context["looks"]
    assert [(row.who, row.which) for row in mayor] == [(leader.name, report.number)]
    walls = admin.get(PAGE, {"what": looks.WALL}).content.decode()
    assert "Lobi" in walls
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert admin.get(PAGE, {"first": tomorrow}).context["looks"] == []
    assert admin.get(PAGE, {"last": tomorrow, "first": "x", "what": "x"}).status_code == 200
    for role, status in (("leader", 200), ("coordinator", 403), ("agency_head", 403)):
        assert client_for(in_region, make_user(role)).get(PAGE).status_code == status
