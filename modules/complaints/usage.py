"""How much a region uses the module, for its page of plans."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from balai.modules.usage import Used
from modules.complaints.models import Complaint


def usage(since: datetime) -> Iterator[Used]:
    """Yield the reports received since then."""
    yield Used(_("Reports"), Complaint.objects.filter(created_at__gte=since).count())
