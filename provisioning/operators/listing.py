"""All regions at one look: searched, filtered, sorted; few statements however many there are."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai.directory import reference
from provisioning.models import (
    BillingAccount,
    FailedTask,
    Opening,
    OpeningState,
    OwnDomain,
    Plan,
    TaskState,
)
from provisioning.operators.health import STALE
from tenants.models import Region
from tenants.states import WORKING, State

LATE: Final = timedelta(minutes=5)
"""An event that waits longer than this is trouble; most leave within a second."""

SORTS: Final[dict[str, tuple[Any, ...]]] = {
    "name": ("name",),
    "seen": (F("health__last_seen_at").asc(nulls_first=True),),
    "waiting": (F("health__waiting").desc(nulls_last=True),),
    "reports": (F("health__reports").desc(nulls_last=True),),
    "size": (F("health__database_bytes").desc(nulls_last=True),),
    "new": ("-created_at",),
}


class FilterForm(forms.Form):
    """What the list shows. Unknown values restrict nothing."""

    q = forms.CharField(label=_("Search"), max_length=80, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    province = forms.ChoiceField(label=_("Province"), required=False)
    plan = forms.ChoiceField(label=_("Plan"), required=False)
    trouble = forms.ChoiceField(
        label=_("Trouble"),
        required=False,
        choices=[
            ("", _("All")),
            ("any", _("Any trouble")),
            ("events", _("Events stuck")),
            ("jobs", _("Failed jobs")),
            ("mail", _("Messages not delivered")),
            ("release", _("Not at the release")),
            ("domain", _("Domain not working")),
            ("opening", _("Opening stopped")),
            ("unmeasured", _("Not measured")),
        ],
    )
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("name", _("Name")),
            ("seen", _("Longest unused")),
            ("waiting", _("Most events waiting")),
            ("reports", _("Most cases")),
            ("size", _("Largest")),
            ("new", _("Newest")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["state"].choices = [("", _("All")), *State.choices]
        fields["province"].choices = [
            ("", _("All")), *((one.code, one.name) for one in reference.provinces())
        ]  # fmt: skip
        fields["plan"].choices = [
            ("", _("All")), *plan_names().items()
        ]  # fmt: skip

    def wanted(self) -> dict[str, str]:
        """Return the valid answers; what is wrong restricts nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def regions(wanted: dict[str, str]) -> QuerySet[Region]:
    """Return the regions that fit, each with its health, plan, failed jobs and broken domains."""
    rows = annotated().filter(_search(wanted))
    if "trouble" in wanted:
        rows = rows.filter(troubles()[wanted["trouble"]])
    return rows.order_by(*SORTS[wanted.get("sort", "name")], "name", "pk")


def annotated() -> QuerySet[Region]:
    """Return all regions with what the list shows of each.

    The plan's slug is the account's; a region that has none yet is on the one it ordered.
    """
    latest = Opening.objects.filter(region=OuterRef("pk")).order_by("-requested_at")
    failed = FailedTask.objects.filter(region=OuterRef("pk"), state=TaskState.OPEN)
    counted = failed.order_by().values("region").annotate(n=Count("pk")).values("n")
    broken = OwnDomain.objects.filter(region=OuterRef("pk")).filter(
        Q(proved_at=None) | Q(failing_since__isnull=False)
    )
    stopped = Opening.objects.filter(region=OuterRef("pk"), state=OpeningState.FAILED)
    account = BillingAccount.objects.filter(region=OuterRef("pk"))
    rows: QuerySet[Region] = Region.objects.select_related("health").annotate(
        plan=Coalesce(
            Subquery(account.values("plan__slug")[:1]), Subquery(latest.values("plan")[:1])
        ),
        failed_jobs=Subquery(counted),
        broken_domain=Exists(broken),
        stopped=Exists(stopped),
    )
    return rows


def troubles() -> dict[str, Q]:
    """Return what counts as trouble, by key; "any" is all of it together."""
    now = timezone.now()
    found = {
        "events": Q(health__dead_letters__gt=0) | Q(health__oldest_at__lt=now - LATE),
        "jobs": Q(failed_jobs__gt=0),
        "mail": Q(health__failed_messages__gt=0) | Q(health__failed_webhooks__gt=0),
        "release": Q(state__in=WORKING) & ~Q(health__where__in=("current", ""))
        & Q(health__isnull=False),
        "domain": Q(broken_domain=True),
        "opening": Q(stopped=True),
        "unmeasured": Q(state__in=WORKING)
        & (Q(health=None) | Q(health__measured_at=None) | Q(health__measured_at__lt=now - STALE)
           | ~Q(health__problem="")),
    }  # fmt: skip
    every = Q()
    for condition in found.values():
        every |= condition
    return {"any": every, **found}


def plan_names() -> dict[str, str]:
    """Return each plan's name by its slug (1 query)."""
    return {plan.slug: plan.name for plan in Plan.objects.all()}


def counts() -> dict[str, int]:
    """Return how many regions are in each state, and how many are in trouble (1 query)."""
    asked = {state.value: Count("pk", filter=Q(state=state)) for state in State}
    found: dict[str, int] = annotated().aggregate(
        total=Count("pk"), trouble=Count("pk", filter=troubles()["any"]), **asked
    )
    return found


def signs(region: Any) -> list[tuple[str, Any]]:
    """Return (colour, words) for what is wrong with an annotated region; no query."""
    health = getattr(region, "health", None)
    now = timezone.now()
    found: list[tuple[str, Any]] = []
    if region.stopped:
        found.append(("red", _("Opening stopped")))
    if region.state in WORKING and (
        health is None or health.problem or health.measured_at is None
        or health.measured_at < now - STALE
    ):  # fmt: skip
        found.append(("amber", _("Not measured")))
    if health and health.dead_letters:
        found.append(("red", _("Dead letters")))
    if health and health.oldest_at and health.oldest_at < now - LATE:
        found.append(("amber", _("Events stuck")))
    if region.failed_jobs:
        found.append(("red", _("Failed jobs")))
    if health and (health.failed_messages or health.failed_webhooks):
        found.append(("amber", _("Messages not delivered")))
    if health and region.state in WORKING and health.where == "away":
        found.append(("red", _("Cannot be reached")))
    elif health and region.state in WORKING and health.where not in {"current", ""}:
        found.append(("amber", _("Not at the release")))
    if region.broken_domain:
        found.append(("amber", _("Domain not working")))
    return found


def _search(wanted: dict[str, str]) -> Q:
    found = Q()
    if text := wanted.get("q"):
        found &= Q(name__icontains=text) | Q(slug__icontains=text) | Q(code__startswith=text)
    if state := wanted.get("state"):
        found &= Q(state=state)
    if province := wanted.get("province"):
        found &= Q(code__startswith=f"{province}.")
    if plan := wanted.get("plan"):
        found &= Q(plan=plan)
    return found
