"""The console's forms for people with a platform account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.partners.console_forms import day_field


class DelegateForm(forms.Form):
    """Who is let in, and until when."""

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Write their name.")}
    )
    email = forms.EmailField(
        label=_("Official e-mail address"),
        help_text=_("Of the government (go.id, mil.id), or at the domain of a contact in the"
                    " co-operation. They sign in on the platform with it."),
        error_messages={"required": _("Write their official address.")},
    )  # fmt: skip
    ends_on = day_field(
        _("Last day"), _("At the latest the co-operation's last day. After it nothing opens.")
    )


class WithdrawForm(forms.Form):
    """Why somebody is sent away."""

    reason = forms.CharField(
        label=_("Why"), max_length=255,
        error_messages={"required": _("Say why it is withdrawn.")},
    )  # fmt: skip
