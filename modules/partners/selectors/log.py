"""Who shared what with whom, by which right, and who looked at it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final

from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from modules.partners import sources
from modules.partners.models import Access, Share

CHUNK: Final = 500
COLUMNS: Final = (
    gettext_lazy("Shared at"), gettext_lazy("Case"), gettext_lazy("Source"),
    gettext_lazy("Partner"), gettext_lazy("Legal basis"), gettext_lazy("Fields"),
    gettext_lazy("Shared by"), gettext_lazy("Agreed by"), gettext_lazy("Reason"),
    gettext_lazy("State"), gettext_lazy("Sealed"), gettext_lazy("Times opened"),
    gettext_lazy("Last opened"),
)  # fmt: skip


def shares(first: date, last: date, partner: str = "") -> QuerySet[Share]:
    """Return the shares made on some days, both included, newest first."""
    begin = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    rows = Share.objects.filter(created_at__gte=begin, created_at__lt=end)
    if partner:
        rows = rows.filter(cooperation__partner__slug=partner)
    rows = rows.select_related("cooperation__partner", "proposed_by", "approved_by", "rule")
    return rows.order_by("-created_at", "-id")


def openings(rows: Sequence[Share]) -> dict[int, tuple[int, datetime]]:
    """Return how often some shares were opened and when last, by key; one query."""
    found = Access.objects.filter(share__in=rows).order_by().values_list("share")
    return {pk: (n, last) for pk, n, last in found.annotate(n=Count("id"), last=Max("at"))}


def accesses(share: Share) -> list[Access]:
    """Return who looked at a case, newest first, at most a hundred."""
    return list(share.accesses.select_related("actor")[:100])


def who(share: Share) -> str:
    """Return who shared a case: a person's name, or that a rule did."""
    if share.proposed_by is not None:
        return share.proposed_by.label
    return _("By rule") if share.rule_id else _("By itself")


def lines(rows: QuerySet[Share]) -> Iterator[list[Any]]:
    """Yield the cells of each share for the export, in the order of COLUMNS."""
    names = {slug: str(source.label) for slug, source in sources.active().items()}
    found = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        opened = openings(chunk)
        for row in chunk:
            yield _cells(row, names, *opened.get(row.pk, (0, None)))


def _cells(row: Share, names: dict[str, str], count: int, last: datetime | None) -> list[Any]:
    zone = timezone.get_current_timezone()
    return [
        row.created_at.astimezone(zone).isoformat(timespec="minutes"), row.number,
        names.get(row.source, row.source), row.cooperation.partner.short_name,
        row.cooperation.number, ", ".join(row.fields), who(row),
        row.approved_by.label if row.approved_by else "", row.reason, str(row.status.label),
        int(row.sealed), count,
        last.astimezone(zone).isoformat(timespec="minutes") if last else "",
    ]  # fmt: skip
