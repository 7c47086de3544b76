"""Who somebody is at the platform, and what that lets them do."""

from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied

from balai.accounts.models import User
from provisioning.models import Post, Rank

Right = Literal["look", "act", "rule", "province"]
SUPERUSER: Final = "superuser"

RIGHTS: Final[dict[str, frozenset[Right]]] = {
    Rank.SUPPORT: frozenset({"look"}),
    Rank.OPERATOR: frozenset({"look", "act"}),
    SUPERUSER: frozenset({"look", "act", "rule", "province"}),
    Rank.PROVINCE: frozenset({"province"}),
}
"""look: all pages of the regions; act: change something there; rule: who has which rank."""


@dataclass(frozen=True, slots=True)
class Who:
    """The person at work: account, rank and, for a province's account, its code."""

    user: User
    rank: str
    province: str = ""

    def may(self, right: Right) -> bool:
        """Tell whether the rank has the right."""
        return right in RIGHTS[self.rank]

    def require(self, right: Right) -> None:
        """Raise PermissionDenied unless the rank has the right."""
        if not self.may(right):
            raise PermissionDenied

    @property
    def looks(self) -> bool:
        """Whether the regions' pages are open."""
        return self.may("look")

    @property
    def sees_province(self) -> bool:
        """Whether the province's view is open."""
        return self.may("province")

    @property
    def acts(self) -> bool:
        """Whether buttons that change something are shown."""
        return self.may("act")

    @property
    def rules(self) -> bool:
        """Whether ranks can be given and taken."""
        return self.may("rule")

    @property
    def label(self) -> str:
        """The name that logs and letters use."""
        return self.user.label

    @property
    def uuid(self) -> UUID:
        """The account's public reference."""
        return self.user.uuid


def who_is(user: Any) -> Who | None:
    """Return who a signed-in account of the platform is, None for nobody (1 query)."""
    if not isinstance(user, User) or not user.is_active:
        return None
    if user.is_superuser:
        return Who(user, SUPERUSER)
    post = Post.objects.filter(user=user).first()
    return Who(user, post.rank, post.province) if post else None
