"""The wall: built from widgets alone, for leaders and for screens, without a person on it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from balai.audit.models import Entry
from balai.context import Region
from balai.live.access import may_hear
from balai.live.tokens import MAX_TOPICS
from balai.modules import widgets
from modules.liveroom import access, services
from modules.liveroom.models import Screen

WALL = "/desk/liveroom/"
TV = "/liveroom/wall/"


@pytest.fixture
def screen(in_region: Region, make_user: Callable) -> Screen:
    """A connected television."""
    return services.connect_screen(name="Ruang rapat", days=30, by=make_user("admin"))


@pytest.mark.parametrize(
    ("role", "status"),
    [("leader", 200), ("admin", 200), ("coordinator", 200), ("officer", 403), (None, 403)],
)
def test_who_may_look(
    role: str | None, status: int, make_user: Callable, client_for: Callable, in_region: Region
) -> None:
    from balai.directory.models import Agency

    agency = Agency.objects.filter(active=True).first() if role == "officer" else None
    client = client_for(in_region, make_user(role, agency))
    assert client.get(WALL).status_code == status
    assert client.get(f"{WALL}widget/complaints.Waiting/").status_code == status
    assert client_for(in_region).get(WALL).status_code == 302


def test_the_wall_holds_every_wall_widget_with_its_topics(
    make_user: Callable, client_for: Callable, in_region: Region
) -> None:
    page = client_for(in_region, make_user("leader")).get(WALL).content.decode()
    shown = list(widgets.active("wall"))
    assert len(shown) >= 9
    for widget in shown:
        assert f'hx-get="{WALL}widget/{widget.key()}/"' in page
        assert " ".join(widget.topics) in page
    assert "live/js/live.js" in page


def test_a_widget_that_has_gone_leaves_its_tile_alone(
    make_user: Callable, client_for: Callable, in_region: Region
) -> None:
    client = client_for(in_region, make_user("leader"))
    for key in ("nothing.Here", "complaints.MyReports", "complaints.Figure"):
        assert client.get(f"{WALL}widget/{key}/").status_code == 204, key
    fragment = client.get(f"{WALL}widget/complaints.Waiting/")
    assert (fragment.status_code, "<html" in fragment.content.decode()) == (200, False)


def test_a_screen_needs_its_link(screen: Screen, client_for: Callable, in_region: Region) -> None:
    tv = client_for(in_region)
    assert tv.get(TV).status_code == 404
    assert tv.get(f"{TV}widget/complaints.Waiting/").status_code == 404
    joined = tv.get(f"/liveroom/join/{access.token_of(screen)}/")
    assert (joined.status_code, joined["Location"]) == (302, TV)
    page = tv.get(TV)
    assert page.status_code == 200
    assert f'hx-get="{TV}widget/complaints.Waiting/"' in page.content.decode()
    assert WALL not in page.content.decode()
    assert tv.get(f"{TV}widget/complaints.Waiting/").status_code == 200
    for closed in (WALL, f"{WALL}screens/", "/desk/complaints/"):
        assert tv.get(closed).status_code == 302, closed


def test_a_revoked_or_expired_link_goes_dark(
    screen: Screen, client_for: Callable, in_region: Region, make_user: Callable
) -> None:
    tv = client_for(in_region)
    tv.get(f"/liveroom/join/{access.token_of(screen)}/")
    Screen.objects.filter(pk=screen.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert tv.get(TV).status_code == 404
    Screen.objects.filter(pk=screen.pk).update(expires_at=timezone.now() + timedelta(days=1))
    assert tv.get(TV).status_code == 200
    admin = client_for(in_region, make_user("admin"))
    assert admin.post(f"{WALL}screens/{screen.uuid}/revoke/").status_code == 302
    assert tv.get(TV).status_code == 404
    assert tv.get(f"/liveroom/join/{access.token_of(screen)}/").status_code == 404


def test_i09_a_screen_of_one_city_is_nothing_in_another(
    screen: Screen, client_for: Callable, other_region: Region
) -> None:
    token = access.token_of(screen)
    other = client_for(other_region)
    assert other.get(f"/liveroom/join/{token}/").status_code == 404
    other.cookies[access.COOKIE] = token
    assert other.get(TV).status_code == 404
    assert other.get("/liveroom/join/abc:def:ghi/").status_code == 404


def test_screens_are_for_admins(
    make_user: Callable, client_for: Callable, in_region: Region, screen: Screen
) -> None:
    leader = make_user("leader")
    page = f"{WALL}screens/"
    assert client_for(in_region, leader).get(page).status_code == 403
    with pytest.raises(PermissionDenied):
        services.connect_screen(name="Lain", days=30, by=leader)
    with pytest.raises(PermissionDenied):
        services.revoke_screen(screen=screen, by=leader)
    admin = client_for(in_region, make_user("admin"))
    assert admin.post(page, {"name": "", "days": "30"}).status_code == 422
    made = admin.post(page, {"name": "Lobi", "days": "90"}).content.decode()
    assert "/liveroom/join/" in made
    again = admin.get(page).content.decode()
    assert "Lobi" in again
    assert "/liveroom/join/" not in again


def test_viewers_are_written_down_once_an_hour(
    make_user: Callable, client_for: Callable, in_region: Region, screen: Screen
) -> None:
    leader = make_user("leader")
    cache.delete(f"liveroom:viewer:{leader.uuid}")
    client = client_for(in_region, leader)
    for _ in range(2):
        client.get(WALL)
    seen = Entry.objects.filter(action="liveroom.viewed", actor_uuid=leader.uuid)
    assert seen.count() == 1
    tv = client_for(in_region)
    tv.get(f"/liveroom/join/{access.token_of(screen)}/")
    for _ in range(2):
        tv.get(TV)
    assert Entry.objects.filter(action="liveroom.viewed", target=str(screen.uuid)).count() == 1
    screen.refresh_from_db()
    assert screen.last_seen_at is not None


def test_a_screen_may_hear_what_its_tiles_need(in_region: Region, rf: object) -> None:
    request = rf.get("/live-token/")
    for widget in widgets.active("wall"):
        assert all(may_hear(request, topic) for topic in widget.topics), widget
    wanted = {topic for widget in widgets.active("wall") for topic in widget.topics}
    assert len(wanted) + 10 < MAX_TOPICS, "a ticket would leave some out"
    assert may_hear(request, "module.switched")
    assert not may_hear(request, "accounts.signed_in")
