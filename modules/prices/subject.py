"""What prices keep about a person with an account, for that person (UU PDP 27/2022, article 7)."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from balai.notify import followers
from balai.privacy.person import Person
from modules.prices import watching
from modules.prices.models import Round
from modules.prices.selectors import watches

TITLE: Final = _("Prices you wait for")


def collect(person: Person) -> dict[str, Any]:
    """Return the prices a person waits for, and how many rounds they asked or verified."""
    user = person.user
    if user is None:
        return {}
    mine = followers.own(watching.PREFIX, user=user)
    found = watches.by_uuid(watching.uuids(name for name, _how in mine))
    return {
        "waits_for": [
            {
                "goods": one.variety.label_id,
                "market": one.market.name if one.market else None,
                "at_most": one.below,
                "since": one.created_at.isoformat(),
            }
            for one in found.values()
        ],
        "rounds_asked": Round.objects.filter(enumerator=user).count(),
        "rounds_verified": Round.objects.filter(verifier=user).count(),
    }
