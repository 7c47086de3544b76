"""A person who can sign in: in a region a citizen or an officer, on the platform an operator."""

import uuid
from typing import Any, ClassVar

from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from balai import context
from balai.accounts import phones, roles, second_factor
from balai.accounts.managers import UserManager
from balai.accounts.members.models import Invitation, Membership
from balai.accounts.scope import NO_GRANTS, AgencyScope, Grants, load_grants

__all__ = ["Invitation", "Membership", "User"]


class User(AbstractBaseUser):
    """An account of one region (or of the platform); it means nothing in another.

    There are no groups and no permission tables: a role, held at an agency, gives rights.
    ``uuid`` is the only reference that may leave the database.
    """

    uuid = models.UUIDField(_("reference"), default=uuid.uuid4, unique=True, editable=False)
    # NULL, not "": only NULL may repeat under a unique constraint.
    email = models.EmailField(_("e-mail address"), null=True, blank=True)  # noqa: DJ001
    phone = models.CharField(  # noqa: DJ001
        _("phone number"), max_length=16, null=True, blank=True, validators=[phones.E164]
    )
    phone_verified = models.BooleanField(_("phone number verified"), default=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=5, default="id")
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("operator"), default=False)
    is_superuser = models.BooleanField(_("operator with all rights"), default=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    # Raised to end every session of the account; part of what a session is checked against.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    # The one sign-in link that is good now; emptied by its use.
    link_nonce = models.CharField(max_length=43, blank=True, editable=False)

    # Whether the platform saw a second factor of this session's person (PlatformProofBackend).
    proven_elsewhere = False

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            # Not unique=True: Django would add a second index, for LIKE, to each.
            models.UniqueConstraint(fields=["email"], name="user_email_unique"),
            models.UniqueConstraint(fields=["phone"], name="user_phone_unique"),
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False) | Q(is_active=False),
                name="user_active_is_reachable",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Bring the address into its one stored form."""
        self._normalise()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the address in lower case; an empty one is no address."""
        self._normalise()
        super().save(*args, **kwargs)

    def _normalise(self) -> None:
        self.email = (self.email or "").strip().lower() or None
        self.phone = self.phone or None

    @property
    def label(self) -> str:
        """What to call the person on a page: by name, else by role where that is known."""
        if self.name:
            return self.name
        grants: Grants = self.__dict__.get("grants", NO_GRANTS)
        return str(roles.get(min(grants.roles)).label if grants.roles else _("Citizen"))

    def get_short_name(self) -> str:
        """Return what the operators' admin greets with."""
        return self.label

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django's, and the region and the epoch: a session row copied into another city's
        # schema is not signed in there, and "sign out everywhere" works without a password.
        value = f"{context.schema()}:{self.pk}:{self.session_epoch}:{self.password}"
        salted = salted_hmac("balai.accounts.session", value, secret=secret, algorithm="sha256")
        return salted.hexdigest()

    @cached_property
    def grants(self) -> Grants:
        """The person's roles in the active region, read once per user object (1 query)."""
        return load_grants(self)

    @cached_property
    def needs_second_factor(self) -> bool:
        """Whether a role asks for a second factor that the account has not; 0 queries more."""
        if context.region_or_none() is None:
            return not second_factor.has_one(self.pk)
        return self.grants.privileged and not self.grants.second_factor

    @property
    def lacks_second_factor(self) -> bool:
        """Whether the account's rights rest until it has a second factor."""
        return second_factor.enforced() and self.needs_second_factor

    @property
    def is_officer(self) -> bool:
        """Whether the person holds any role in the active region."""
        return bool(self.grants.roles)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Tell whether any of the person's roles gives ``perm`` ("complaints.verify").

        An operator's rights end at the platform: in a region only its own roles count.
        """
        if not self.is_active:
            return False
        if context.region_or_none() is None:
            return self.is_superuser and not self.lacks_second_factor
        for backend in auth.get_backends():
            try:
                if backend.has_perm(self, perm, obj):
                    return True
            except PermissionDenied:
                return False
        return False

    def has_perms(self, perms: list[str], obj: Any = None) -> bool:
        """Tell whether the person has all of ``perms``."""
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        """Tell whether the operators' admin shows the app."""
        return context.region_or_none() is None and self.has_perm(app_label)

    def agencies_for(self, perm: str) -> AgencyScope:
        """Return the agencies, sub-agencies included, at which the person has ``perm``."""
        return self.grants.scope(perm) if self.has_perm(perm) else AgencyScope.NONE
