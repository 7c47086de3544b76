"""Tiles: what waits for a partner or for consent on the desk, how partners answer on the wall."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from balai.modules import Widget
from modules.partners import topics
from modules.partners.models import Share
from modules.partners.selectors import reach, shares


class Waiting(Widget):
    """What has not been acknowledged: of all partners for the city, of one's own for a partner."""

    template_name = "partners/widgets/waiting.html"
    places = ("desk",)
    topics = topics.CHANGES
    order = 45
    permission = "partners.access_desk"

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return how many wait, are late, or want a second person."""
        user: Any = request.user
        return shares.waiting(reach.of_user(user), timezone.now())


class WithPartners(Widget):
    """How many cases are with the police and others now."""

    template_name = "partners/widgets/wall.html"
    places = ("wall",)
    topics = topics.CHANGES
    order = 45

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return how many cases wait for a partner and how many of them too long."""
        return shares.waiting(Share.objects.filter(reach.in_force()), timezone.now())
