"""The console's forms for keys and webhooks."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai import outbound
from balai.api import scopes
from balai.api.models import WebhookDelivery, WebhookEndpoint

MOST_PER_MINUTE: Final = 6000


class KeyForm(forms.Form):
    """A new key: whose it is, what it may do, how often and for how long."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("Which program will use it, such as “Dishub's own app”."),
        error_messages={"required": _("Write which program will use the key.")},
    )
    rights = forms.MultipleChoiceField(
        label=_("What it may do"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one right.")},
    )
    per_minute = forms.IntegerField(
        label=_("Calls a minute"),
        initial=60,
        min_value=1,
        max_value=MOST_PER_MINUTE,
        help_text=_("Further calls are refused until the next minute begins."),
    )
    expires_on = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        help_text=_("The key's last day. Empty: until somebody revokes it."),
        error_messages={"invalid": _("This is no date. Write it like 26/02/2027.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rights"].choices = grouped(scopes.rights())  # type: ignore[attr-defined]

    def clean_expires_on(self) -> datetime | None:
        """Return the end of the last day in the region's zone; refuse a day that is over."""
        day = self.cleaned_data["expires_on"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose today or a later one."))
        return timezone.make_aware(datetime.combine(day, time.max))


def grouped(offered: Sequence[scopes.Choice]) -> list[tuple[str, Any]]:
    """Return choices for a form, each with its module where several offer some."""
    several = len({str(choice.module) for choice in offered}) > 1
    return [
        (choice.value, f"{choice.module}: {choice.label}" if several else choice.label)
        for choice in offered
    ]


class WebhookForm(forms.Form):
    """An address and what it is told of."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("Which program listens there."),
        error_messages={"required": _("Write which program listens there.")},
    )
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Such as https://example.go.id/webhook. It must be on the public internet."),
        error_messages={
            "required": _("Write the address that is called."),
            "invalid": _("This is no address. It begins with https://."),
        },
    )
    topics = forms.MultipleChoiceField(
        label=_("What it is told of"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one event.")},
    )

    def __init__(self, *args: Any, endpoint: WebhookEndpoint | None = None, **kwargs: Any) -> None:
        if endpoint is not None:
            told = {"name": endpoint.name, "url": endpoint.url, "topics": endpoint.topics}
            kwargs.setdefault("initial", told)
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = grouped(scopes.topics())  # type: ignore[attr-defined]

    def clean_url(self) -> str:
        """Refuse an address that we would never call; it is asked again at each delivery."""
        url = str(self.cleaned_data["url"])
        try:
            outbound.require_callable(url)
        except outbound.Refused as refusal:
            raise forms.ValidationError(
                _("This address is not on the public internet, so it cannot be called.")
            ) from refusal
        except OSError as error:
            raise forms.ValidationError(_("No server was found under this name.")) from error
        return url


class DeliveryFilterForm(forms.Form):
    """Which deliveries to show."""

    q = forms.CharField(label=_("Event or delivery"), max_length=80, required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("All")), *WebhookDelivery.Status.choices],
    )
