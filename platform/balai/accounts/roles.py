"""The roles a region knows: the kernel's, and those that modules bring along in their manifests.

Which rights a role has is said by each module's permissions.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.modules import registry

type_str = str | Promise
ADMIN: Final = "admin"
VISITOR: Final = "support"
CONSOLE: Final = "console.access"


@dataclass(frozen=True, slots=True)
class Role:
    """A role a person can hold.

    ``needs_agency``: it only makes sense at one agency. ``privileged``: it sees other
    people's data or changes the site, so a second factor is required once the region is live.
    """

    slug: str
    label: type_str
    help: type_str
    needs_agency: bool = False
    privileged: bool = True


KERNEL_ROLES: Final = (
    Role(ADMIN, _("Site admin"), _("Runs the region's site: modules, brand, officers, agencies.")),
    Role("coordinator", _("Coordinator"), _("Checks what comes in and routes it to an agency.")),
    Role("agency_head", _("Head of agency"), _("Sees and approves all work of one agency."), True),
    Role("officer", _("Officer"), _("Handles the work given to one agency."), True),
    Role("validator", _("Validator"), _("Checks data before it is published.")),
    Role("leader", _("Leader"), _("Mayor, regent or secretary: sees everything, changes nothing.")),
    Role("viewer", _("Viewer"), _("Sees the desk's figures, no personal data."), privileged=False),
)

# Nobody is given it in the console: a visit brings it, and it ends with the visit. The visitor's
# second factor was asked for at the platform.
VISIT_ROLE: Final = Role(
    VISITOR, _("Support of the platform"), _("Looks at the settings for a while."), privileged=False
)


def every() -> tuple[Role, ...]:
    """Return all roles of this deployment: a module's stay known while it is switched off."""
    brought = [role for module in registry.installed() for role in module.roles]
    return (*KERNEL_ROLES, VISIT_ROLE, *brought)


def offered() -> list[Role]:
    """Return the roles that the current region can give: those of active modules."""
    brought = [role for module in registry.active() for role in module.roles]
    return [*KERNEL_ROLES, *brought]


def find(slug: str) -> Role | None:
    """Return the role called ``slug``, or None."""
    return next((role for role in every() if role.slug == slug), None)


def get(slug: str) -> Role:
    """Return the role called ``slug``.

    Raises:
        KeyError: when there is none.
    """
    found = find(slug)
    if found is None:
        raise KeyError(slug)
    return found


def choices() -> list[tuple[str, type_str]]:
    """Return the roles for a form's choices."""
    return [(role.slug, role.label) for role in every()]
