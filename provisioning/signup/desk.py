"""Which order a browser is filling in, and the page it belongs on."""

from typing import Final

from django.http import HttpRequest

from provisioning.models import Opening, OpeningState

KEY: Final = "opening"
PROVED: Final = "opening_proved"
PAGES: Final = ("start", "code", "region", "address", "preset", "plan", "steps")


def current(request: HttpRequest) -> Opening | None:
    """Return the order this browser began or resumed."""
    uuid = request.session.get(KEY)
    return Opening.objects.select_related("region").filter(uuid=uuid).first() if uuid else None


def take(request: HttpRequest, opening: Opening, *, proved: bool) -> None:
    """Tie the browser to an order; only a proved one may be seen and changed."""
    request.session.cycle_key()
    request.session[KEY], request.session[PROVED] = str(opening.uuid), proved


def leave(request: HttpRequest) -> None:
    """Forget the order in this browser; it is kept, and mail leads back to it."""
    request.session.pop(KEY, None)
    request.session.pop(PROVED, None)


def next_page(request: HttpRequest, opening: Opening | None) -> str:
    """Return the first page that still has something to ask."""
    if opening is None:
        return "start"
    if not request.session.get(PROVED) or opening.verified_at is None:
        return "code"
    if opening.state != OpeningState.DRAFT:
        return "steps"
    asked = ((opening.code, "region"), (opening.slug, "address"), (opening.name, "preset"))
    return next((page for answer, page in asked if not answer), "plan")


def may_open(request: HttpRequest, opening: Opening | None, page: str) -> bool:
    """Tell whether ``page`` can be shown: everything before it has been answered."""
    reached = next_page(request, opening)
    if reached == "steps" or page == "steps":
        return reached == page
    return PAGES.index(page) <= PAGES.index(reached)
