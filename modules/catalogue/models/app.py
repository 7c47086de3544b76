"""One app of the city."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balai.directory.models import Agency
from modules.catalogue.states import (
    CATEGORY_ICONS,
    HEALTHS,
    OPENED,
    STATES,
    Audience,
    Badge,
    Category,
    Health,
    SignOn,
    State,
)


class App(models.Model):
    """An app or site of an agency; ``slug`` is its address here and never changes.

    ``cost_per_year`` is whole rupiah (None: nobody said). ``overlaps`` holds the slugs of apps
    that do the same. ``client_id`` is the app's at ``balai.signon``; ``login_address`` is where
    sign-in begins (initiate_login_uri, OpenID Connect Core section 4). ``probed`` says whether
    its address is looked at; ``failures`` counts those in a row.
    """

    slug = models.SlugField(_("address"), max_length=60)
    name = models.CharField(_("name"), max_length=80)
    summary = models.CharField(_("what it does"), max_length=160, blank=True)
    category = models.CharField(_("about"), max_length=12, choices=Category)
    agency = models.ForeignKey(
        Agency, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("agency"),
    )  # fmt: skip
    audience = models.CharField(_("for"), max_length=8, choices=Audience, default=Audience.CITIZEN)
    url = models.URLField(_("web address"), max_length=300, blank=True)
    deeplink = models.CharField(_("link into the app"), max_length=300, blank=True)
    package = models.CharField(_("Android package"), max_length=120, blank=True)
    sign_on = models.CharField(_("sign-on"), max_length=4, choices=SignOn, default=SignOn.NONE)
    client_id = models.CharField(max_length=100, blank=True)
    login_address = models.URLField(_("where sign-in begins"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    state_note = models.CharField(_("reason"), max_length=300, blank=True)
    on_home = models.BooleanField(_("tile on the home page"), default=False)
    data_held = models.CharField(_("data it holds"), max_length=300, blank=True)
    personal = models.BooleanField(_("holds personal data"), default=False)
    cost_per_year = models.PositiveBigIntegerField(_("cost per year"), null=True, blank=True)
    overlaps = models.JSONField(default=list)
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("replaced by"),
    )  # fmt: skip
    retire_on = models.DateField(_("last day"), null=True, blank=True)
    probed = models.BooleanField(_("look every five minutes whether it answers"), default=True)
    health = models.CharField(max_length=8, choices=Health, default=Health.UNKNOWN)
    failures = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("slug",), name="catalogue_app_slug"),
            models.CheckConstraint(
                condition=~models.Q(state=State.RETIRING) | models.Q(retire_on__isnull=False),
                name="catalogue_retiring_has_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the app's page for everybody."""
        return reverse("catalogue:app", args=[self.slug])

    @property
    def icon(self) -> str:
        """The icon of what it is about."""
        return CATEGORY_ICONS[Category(self.category)]

    @property
    def badge(self) -> Badge:
        """Its state as a chip."""
        return STATES[State(self.state)]

    @property
    def pulse(self) -> Badge:
        """Its health as a chip."""
        return HEALTHS[Health(self.health)]

    @property
    def is_open(self) -> bool:
        """Whether people can go there from here."""
        return self.state in OPENED and bool(self.url or self.package)

    @property
    def one_account(self) -> bool:
        """Whether the account of this site opens it."""
        return self.sign_on == SignOn.OIDC
