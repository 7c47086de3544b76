"""Gives every template ``ui`` (see :mod:`balai.ui.site`)."""

from django.http import HttpRequest

from balai.ui.site import Site


def site(request: HttpRequest) -> dict[str, Site]:
    """Return the page's surroundings under the name ``ui``."""
    return {"ui": Site(request)}
