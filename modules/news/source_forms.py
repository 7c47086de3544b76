"""The admins' form of a feed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balai import outbound


class SourceForm(forms.Form):
    """A name for readers and the address of the feed."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Readers see it beside each title.")
    )
    url = forms.URLField(
        label=_("Address of the feed"), max_length=500, assume_scheme="https",
        help_text=_("RSS or Atom, such as https://dinkes.example.go.id/feed/."),
        widget=forms.URLInput({"placeholder": "https://"}),
    )  # fmt: skip

    def clean_url(self) -> str:
        """Refuse an address that will never be called, while somebody can still mend it."""
        url = str(self.cleaned_data["url"])
        try:
            outbound.require_callable(url)
        except outbound.Refused as refusal:
            words = _("Only http and https addresses on the public internet are read.")
            raise forms.ValidationError(words) from refusal
        except OSError as error:
            raise forms.ValidationError(_("Nobody knows this name. Is it spelt right?")) from error
        return url
