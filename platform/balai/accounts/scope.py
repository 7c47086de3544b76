"""What a person's roles add up to: which rights, at which agencies."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from django.db import connection
from django.utils import timezone

from balai import context
from balai.accounts import second_factor
from balai.accounts.roles import ADMIN, CONSOLE, VISITOR, get as role_of
from balai.modules import registry

if TYPE_CHECKING:
    from balai.accounts.models import User


@dataclass(frozen=True, slots=True)
class AgencyScope:
    """Agencies a right covers; ``ids`` include sub-agencies and mean nothing with ``all``."""

    all_agencies: bool = False
    ids: frozenset[int] = frozenset()

    ALL: ClassVar["AgencyScope"]
    NONE: ClassVar["AgencyScope"]

    def covers(self, agency_id: int | None) -> bool:
        """Tell whether a thing of this agency (None: of nobody yet) is inside."""
        return self.all_agencies or (agency_id is not None and agency_id in self.ids)

    def __bool__(self) -> bool:
        return self.all_agencies or bool(self.ids)


AgencyScope.ALL = AgencyScope(all_agencies=True)
AgencyScope.NONE = AgencyScope()


@dataclass(frozen=True, slots=True)
class Grants:
    """A person's current roles: role slug to the agencies it is held at.

    Without a second factor, where one is required, privileged roles give no right.
    """

    roles: dict[str, AgencyScope]
    second_factor: bool = False

    @property
    def privileged(self) -> bool:
        """Whether any of the roles asks for a second factor."""
        return any(role_of(slug).privileged for slug in self.roles)

    @property
    def usable(self) -> dict[str, AgencyScope]:
        """The roles that give rights now."""
        if self.second_factor or not second_factor.enforced():
            return self.roles
        return {slug: scope for slug, scope in self.roles.items() if not role_of(slug).privileged}

    def has(self, perm: str) -> bool:
        """Tell whether any role gives ``perm``."""
        usable = self.usable
        return any(role in usable for role in roles_with(perm))

    def scope(self, perm: str) -> AgencyScope:
        """Return where ``perm`` holds: the union over the roles that give it."""
        usable = self.usable
        return _union(usable[role] for role in roles_with(perm) if role in usable)


NO_GRANTS = Grants({})


def roles_with(perm: str) -> frozenset[str]:
    """Return the roles that hold ``perm`` by its module's manifest; none for an unknown one."""
    return _roles_by_permission().get(perm, frozenset())


@cache
def _roles_by_permission() -> dict[str, frozenset[str]]:
    # Manifests do not change while a process runs.
    known = {name: frozenset(entry.roles) for name, entry in registry.permissions()}
    return {**known, CONSOLE: frozenset({ADMIN, VISITOR})}


# Roles with an agency bring its whole subtree, found in the same statement. UNION, not UNION
# ALL: a loop in the tree, should one ever be stored, ends instead of running for ever.
GRANTS_SQL = """
    WITH RECURSIVE held AS (
        SELECT role, agency_id FROM members_membership
        WHERE user_id = %s AND (valid_until IS NULL OR valid_until > %s)
    ), reach AS (
        SELECT role, agency_id FROM held
        UNION
        SELECT reach.role, agency.id FROM reach
        JOIN directory_agency agency ON agency.parent_id = reach.agency_id
    )
    SELECT role, agency_id, EXISTS (
        SELECT 1 FROM mfa_authenticator WHERE user_id = %s AND type IN ('totp', 'webauthn')
    ) FROM reach
"""


def load_grants(user: "User") -> Grants:
    """Read the user's current roles in the active region with one query.

    Outside a region, and for somebody who may not sign in, there are none.
    """
    if context.region_or_none() is None or not user.is_active or user.pk is None:
        return NO_GRANTS
    with connection.cursor() as cursor:
        cursor.execute(GRANTS_SQL, [user.pk, timezone.now(), user.pk])
        rows: list[tuple[str, int | None, bool]] = cursor.fetchall()
    found: dict[str, AgencyScope] = {}
    for role, agency_id, _ in rows:
        one = AgencyScope.ALL if agency_id is None else AgencyScope(ids=frozenset({agency_id}))
        found[role] = _union([found.get(role, AgencyScope.NONE), one])
    seen = user.proven_elsewhere or bool(rows and rows[0][2])
    return Grants(found, second_factor=seen)


def _union(scopes: Iterable[AgencyScope]) -> AgencyScope:
    known = list(scopes)
    if any(scope.all_agencies for scope in known):
        return AgencyScope.ALL
    return AgencyScope(ids=frozenset().union(*(scope.ids for scope in known)))
