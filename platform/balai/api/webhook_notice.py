"""Tell the admins that an address no longer takes events."""

from django.urls import reverse

from balai import context, notify
from balai.accounts import roles
from balai.accounts.members import selectors
from balai.accounts.models import User
from balai.api.models import WebhookEndpoint


def tell(endpoint: WebhookEndpoint) -> None:
    """Write to each admin that the address was paused; once per pause."""
    base = context.current_region().base_url
    told = {
        "name": endpoint.name,
        "failures": endpoint.failures,
        "url": f"{base}{reverse('api_console:webhook', args=[endpoint.uuid])}",
    }
    admins = selectors.current().filter(role=roles.ADMIN).values("user_id")
    last = endpoint.deliveries.order_by("-id").values_list("pk", flat=True).first() or 0
    for user in User.objects.filter(pk__in=admins).order_by("pk"):
        notify.send(
            template="api/webhook_paused",
            to=notify.Recipient(user=user),
            context=told,
            dedupe_key=f"api.webhook_paused:{endpoint.pk}:{last}:{user.pk}",
        )
