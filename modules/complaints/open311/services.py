"""The list of services, and what may be told of each."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from modules.complaints.open311 import errors, mapping
from modules.complaints.open311.rendering import respond
from modules.complaints.selectors import categories


def listing(request: HttpRequest, form: str) -> HttpResponse:
    """List what may be reported."""
    rows = [
        mapping.service(category, group.category)
        for group in categories.groups()
        for category in group.choices
    ]
    return respond(form, "services", rows)


def definition(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Tell what may be told besides."""
    found = categories.offered(code)
    if found is None:
        raise errors.missing(_("The service_code was not found."))
    return respond(form, "service_definition", mapping.definition(found))
