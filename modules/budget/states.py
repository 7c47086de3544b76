"""The words of the module that are stored, with their labels."""

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """How far the state of a budget on one day has got."""

    LOADING = "loading", pgettext_lazy("budget state", "Coming in")
    READY = "ready", pgettext_lazy("budget state", "Ready")
    PUBLISHED = "published", pgettext_lazy("budget state", "Published")


class Kind(models.TextChoices):
    """What a heading of the budget names."""

    AGENCY = "agency", pgettext_lazy("budget heading", "Agency")
    PROGRAMME = "programme", pgettext_lazy("budget heading", "Programme")
    ACTIVITY = "activity", pgettext_lazy("budget heading", "Activity")
    ACCOUNT = "account", pgettext_lazy("budget heading", "Account")


class Side(models.IntegerChoices):
    """The first digit of an account's code (Permendagri 90/2019, annex, accounts of the APBD)."""

    REVENUE = 4, pgettext_lazy("side of the budget", "Revenue")
    SPENDING = 5, pgettext_lazy("side of the budget", "Spending")
    FINANCING = 6, pgettext_lazy("side of the budget", "Financing")

    @property
    def slug(self) -> str:
        """Its word in addresses: "revenue"."""
        return self.name.lower()
