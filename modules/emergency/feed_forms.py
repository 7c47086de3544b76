"""A CAP feed, as an admin adds it."""

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from balai import outbound
from modules.emergency.models import Feed


class FeedForm(forms.Form):
    """Where it is, and whom its alerts are credited to."""

    name = forms.CharField(label=_("Name"), max_length=80)
    url = forms.URLField(
        label=_("Address of the feed"), max_length=500, assume_scheme="https",
        help_text=_("RSS or Atom whose entries lead to CAP 1.2 documents."),
    )  # fmt: skip
    credit = forms.CharField(
        label=_("Source to be named"), max_length=120,
        help_text=_("It stands beside every alert of this feed, as its publisher asks."),
    )  # fmt: skip

    def clean_url(self) -> str:
        """Refuse an address that is never called, and one that is there already."""
        url: str = self.cleaned_data["url"]
        if Feed.objects.filter(url=url).exists():
            raise forms.ValidationError(gettext("This feed is there already."))
        try:
            outbound.require_callable(url)
        except OSError as error:
            raise forms.ValidationError(
                gettext("This address cannot be called. It must be a public one.")
            ) from error
        return url
