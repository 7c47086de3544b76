"""No person on the wall: canaries in every field of a report, none on any screen."""

from collections.abc import Callable

from balai.context import Region
from balai.directory.models import Area
from balai.modules import registry
from modules.liveroom import access, services

CANARY = "Kenari-Dinding-91"


def test_nothing_of_a_reporter_is_on_the_wall(
    make_user: Callable, client_for: Callable, in_region: Region
) -> None:
    citizen = make_user(name=CANARY)
    village = Area.objects.filter(kind=Area.Kind.VILLAGE).first()
    told = {
        "category": "other", "other_category": _category(client_for(in_region)),
        "kind": "complaint",
        "text": f"{CANARY} melaporkan lampu jalan mati di depan rumahnya.", "identity": "named",
        "district": str(village.parent_id), "village": str(village.pk), "landmark": CANARY,
    }  # fmt: skip
    sent = client_for(in_region, citizen, REMOTE_ADDR="10.99.1.1").post("/complaints/new/", told)
    assert sent.status_code == 302
    leader = client_for(in_region, make_user("leader"))
    assert CANARY not in leader.get("/desk/liveroom/").content.decode()
    screen = services.connect_screen(name="Lobi", days=30, by=make_user("admin"))
    tv = client_for(in_region)
    tv.get(f"/liveroom/join/{access.token_of(screen)}/")
    assert CANARY not in tv.get("/liveroom/wall/").content.decode()


def _category(client: Callable) -> str:
    assert registry.get("complaints") is not None
    form = client.get("/complaints/new/").context["form"]
    groups = form.fields["other_category"].choices[1:]
    return str(groups[0][1][0][0])
