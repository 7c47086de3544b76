"""What an app can be: its state, its health, whom it is for; each with colour, icon and word."""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class State(models.TextChoices):
    """Where an app is in its life."""

    DRAFT = "draft", pgettext_lazy("app", "Draft")
    LIVE = "live", pgettext_lazy("app", "In use")
    MAINTENANCE = "maintenance", _("Under maintenance")
    RETIRING = "retiring", _("Will be retired")
    RETIRED = "retired", pgettext_lazy("app", "Retired")


class Health(models.TextChoices):
    """What the last looks at an app found."""

    UNKNOWN = "unknown", _("Not observed")
    UP = "up", _("Answers")
    SLOW = "slow", _("Slow")
    DOWN = "down", _("Does not answer")


class Audience(models.TextChoices):
    """Whom an app is for."""

    CITIZEN = "citizen", _("Citizens")
    OFFICER = "officer", _("Officers")


class SignOn(models.TextChoices):
    """How people sign in there."""

    NONE = "none", _("None, or its own account")
    OIDC = "oidc", _("With the account of this site")


class Category(models.TextChoices):
    """What an app is about; by these overlaps are found."""

    POPULATION = "population", _("Population records")
    TAX = "tax", _("Taxes and levies")
    PERMITS = "permits", _("Permits and investment")
    HEALTH = "health", _("Health")
    EDUCATION = "education", _("Education")
    SOCIAL = "social", _("Social affairs")
    WORK = "work", _("Work and business")
    TRANSPORT = "transport", _("Transport")
    CITY = "city", _("City and environment")
    WATER = "water", _("Water and utilities")
    SAFETY = "safety", _("Security and order")
    COMPLAINTS = "complaints", _("Complaints")
    NEWS = "news", _("News and information")
    CULTURE = "culture", _("Culture, sport and tourism")
    STAFF = "staff", _("Personnel")
    OFFICE = "office", _("Office and archives")
    MONEY = "money", _("Planning and finance")
    DATA = "data", _("Data and statistics")


CATEGORY_ICONS: Final = {
    Category.POPULATION: "id-card", Category.TAX: "receipt", Category.PERMITS: "stamp",
    Category.HEALTH: "heart-pulse", Category.EDUCATION: "graduation-cap",
    Category.SOCIAL: "hand-heart", Category.WORK: "briefcase", Category.TRANSPORT: "bus",
    Category.CITY: "trees", Category.WATER: "droplets", Category.SAFETY: "siren",
    Category.COMPLAINTS: "megaphone", Category.NEWS: "newspaper", Category.CULTURE: "drama",
    Category.STAFF: "users", Category.OFFICE: "folder-open", Category.MONEY: "landmark",
    Category.DATA: "chart-column",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Badge:
    """What ``{% chip %}`` shows."""

    colour: str
    icon: str
    label: str | Promise


STATES: Final = {
    State.DRAFT: Badge("grey", "pencil", State.DRAFT.label),
    State.LIVE: Badge("green", "check", State.LIVE.label),
    State.MAINTENANCE: Badge("amber", "wrench", State.MAINTENANCE.label),
    State.RETIRING: Badge("amber", "calendar-clock", State.RETIRING.label),
    State.RETIRED: Badge("grey", "archive", State.RETIRED.label),
}
HEALTHS: Final = {
    Health.UNKNOWN: Badge("grey", "circle-help", Health.UNKNOWN.label),
    Health.UP: Badge("green", "check", Health.UP.label),
    Health.SLOW: Badge("amber", "hourglass", Health.SLOW.label),
    Health.DOWN: Badge("red", "circle-x", Health.DOWN.label),
}
SHOWN: Final = (State.LIVE, State.MAINTENANCE, State.RETIRING)
"""States in which people find an app."""
OPENED: Final = (State.LIVE, State.RETIRING)
"""States in which an app can be opened from here."""
