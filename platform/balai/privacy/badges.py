"""What waits behind the console's entry of personal data."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from balai.modules import Badge
from balai.privacy.models import DataRequest
from balai.privacy.states import OPEN


def open_requests(_user: Any) -> Badge:
    """Count the requests that are owed an answer; one query. Every admin sees all of them."""
    rows = DataRequest.objects.filter(state__in=OPEN)
    late = Count("pk", filter=Q(due_at__lt=timezone.now()))
    return Badge(**rows.aggregate(count=Count("pk"), late=late))
