"""The admin's page: which messages went out. Their contents are not shown."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from django.views.decorators.http import require_safe

from balai.accounts.guards import console_required
from balai.modules.manifest import type_str
from balai.notify.masking import mask
from balai.notify.models import Message, Status
from balai.ui.paging import paged

PER_PAGE = 50
LOOKS = {
    Status.QUEUED: ("amber", "clock"),
    Status.SENT: ("green", "check"),
    Status.FAILED: ("red", "triangle-alert"),
    Status.SKIPPED: ("grey", "ban"),
}
CHANNELS: dict[str, type_str] = {
    "email": _("E-mail"),
    "sms": _("SMS"),
    "whatsapp": "WhatsApp",
    "push": pgettext_lazy("channel", "Browser"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """A status as a chip."""

    colour: str
    icon: str
    label: type_str


@dataclass(frozen=True, slots=True)
class Line:
    """One message, without what would tell who it was for or what it said."""

    at: datetime
    channel: type_str
    recipient: str
    template: str
    status: Look
    attempts: int
    error: str


@require_safe
@console_required
def index(request: HttpRequest) -> HttpResponse:
    """Show the log, newest first, of all messages or of one status."""
    chosen = request.GET.get("status", "")
    messages = Message.objects.order_by("-pk")
    if chosen in Status.values:
        messages = messages.filter(status=chosen)
    page = paged(request, messages, PER_PAGE)
    shown = {
        "page_obj": page,
        "lines": [_line(message) for message in page.object_list],
        "statuses": Status.choices,
        "chosen": chosen,
    }
    return render(request, "notify_console/index.html", shown)


def _line(message: Message) -> Line:
    status = Status(message.status)
    return Line(
        at=message.sent_at or message.created_at,
        channel=CHANNELS.get(message.channel, message.channel),
        recipient=mask(message.recipient),
        template=message.template,
        status=Look(*LOOKS[status], status.label),
        attempts=message.attempts,
        error=message.error,
    )
