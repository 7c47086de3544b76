"""Who may come in with a platform account, and until when."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from modules.partners.models import Cooperation, Delegate, Partner
from modules.partners.selectors.reach import in_force


def of(partner: Partner) -> list[Delegate]:
    """Return a partner's delegates that were not withdrawn, by name."""
    return list(Delegate.objects.filter(partner=partner, withdrawn_at=None))


def living(email: str) -> QuerySet[Delegate]:
    """Return what lets an address in today: not withdrawn, not over, under a paper in force."""
    today = timezone.localdate()
    papers = Cooperation.objects.filter(in_force(today, before="")).values("partner")
    rows = Delegate.objects.filter(
        email=email, withdrawn_at=None, ends_on__gte=today, partner__in=papers
    )
    return rows.select_related("partner", "user")


def last_day(delegate: Delegate) -> date | None:
    """Return the last day of a delegate: their own or their partner's last paper's.

    None when it is over, or no paper is in force.
    """
    return _last(delegate, _end_of_papers(delegate.partner_id))


def with_last_days(partner: Partner) -> list[tuple[Delegate, date | None]]:
    """Return a partner's delegates with their last days; two queries."""
    end = _end_of_papers(partner.pk)
    return [(row, _last(row, end)) for row in of(partner)]


def _last(delegate: Delegate, end: date | None) -> date | None:
    return None if end is None or delegate.is_over() else min(end, delegate.ends_on)


def _end_of_papers(partner: int) -> date | None:
    papers = Cooperation.objects.filter(in_force(before=""), partner=partner)
    return papers.order_by("-ends_on").values_list("ends_on", flat=True).first()


def domains(partner: Partner) -> set[str]:
    """Return the mail domains of the contacts in a partner's papers that were not ended."""
    papers = Cooperation.objects.filter(partner=partner, ended_at=None)
    contacts = [one for told in papers.values_list("contacts", flat=True) for one in told]
    addresses = [one.get("email", "") for one in contacts]
    return {address.rpartition("@")[2].lower() for address in addresses if "@" in address}
