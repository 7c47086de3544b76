"""How much a region uses the module, for its page of plans."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from balai.modules.usage import Used
from modules.emergency.models import Incident


def usage(since: datetime) -> Iterator[Used]:
    """Yield the incidents begun since then."""
    yield Used(_("112 incidents"), Incident.objects.filter(created_at__gte=since).count())
