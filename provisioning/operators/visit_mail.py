"""Letters about visits: to the region's admins, and the answer to the operator."""

from django.db import transaction
from django.urls import reverse

from balai import context, notify
from balai.accounts import roles
from balai.accounts.members import selectors as members
from balai.accounts.models import User
from provisioning.models import Entry
from provisioning.signup import mail


def tell_admins(entry: Entry) -> None:
    """Queue a message to every admin of the active region; once a request."""
    region = context.current_region()
    path = reverse("support_console:index", urlconf="balai.urls_region")
    told = {"operator": entry.operator_name, "reason": entry.reason, "minutes": entry.minutes,
            "url": f"{region.base_url}{path}"}  # fmt: skip
    admins = members.current().filter(role=roles.ADMIN).values("user_id")
    for user in User.objects.filter(pk__in=admins).order_by("pk"):
        notify.send(
            template="provisioning/visit_asked",
            to=notify.Recipient(user=user),
            context=told,
            dedupe_key=f"visit_asked:{entry.uuid}:{user.pk}",
        )


def tell_operator(entry: Entry) -> None:
    """Mail the operator the region's answer once it is kept. Runs on the platform."""
    address = entry.operator.email
    if not address:
        return
    path = reverse("operations:visit", urlconf="balai.urls_public", args=[entry.uuid])
    told = {"region": entry.region.name, "granted": entry.until is not None,
            "may_change": entry.may_change, "link": f"{mail.apex_url()}{path}"}  # fmt: skip
    transaction.on_commit(lambda: mail.deliver("visit_answer", [address], told), robust=True)
