"""Who may come in with a platform account, and until when."""

from datetime import date

from django.db.models import F, QuerySet
from django.db.models.functions import Least
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
    if delegate.is_over():
        return None
    papers = Cooperation.objects.filter(in_force(before=""), partner=delegate.partner_id)
    ends = papers.annotate(last=Least(F("ends_on"), delegate.ends_on)).order_by("-last")
    return ends.values_list("last", flat=True).first()


def domains(partner: Partner) -> set[str]:
    """Return the mail domains of the contacts in a partner's papers that were not ended."""
    papers = Cooperation.objects.filter(partner=partner, ended_at=None)
    contacts = [one for told in papers.values_list("contacts", flat=True) for one in told]
    addresses = [one.get("email", "") for one in contacts]
    return {address.rpartition("@")[2].lower() for address in addresses if "@" in address}
