"""What must have worked once before citizens are told of the site."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from balai.modules.golive import Check
from modules.complaints.models import Complaint
from modules.complaints.states import State


def checks() -> Iterator[Check]:
    """Yield the module's lines of the go-live checklist."""
    answered = Complaint.objects.filter(sample=False, state__in=[State.RESOLVED, State.CLOSED])
    yield Check(
        "complaints.test_report",
        _("A test report answered"),
        answered.exists(),
        _("Send one from a phone, route it, have an officer answer it with a photo."),
        reverse("complaints:new"),
    )
