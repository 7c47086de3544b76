"""What an officer can do with many reports at once."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.complaints import bulk_forms
from modules.complaints.services.bulk_steps import STEPS


@dataclass(frozen=True, slots=True)
class BulkButton:
    """One choice of the inbox's bar; ``name`` is its step in ``services/bulk_steps.py``."""

    name: str
    label: str | Promise
    icon: str
    form: type[bulk_forms.BulkForm]
    danger: bool = False


# fmt: off
BUTTONS: tuple[BulkButton, ...] = (
    BulkButton("verify", _("Verify and route"), "send", bulk_forms.BulkVerifyForm),
    BulkButton("hand-over", _("Hand over to a colleague"), "users", bulk_forms.BulkHandOverForm),
    BulkButton("note", _("Internal note"), "sticky-note", bulk_forms.BulkNoteForm),
    BulkButton("write", _("Write to the reporters"), "message-circle",
               bulk_forms.BulkMessageForm),
    BulkButton("secret", _("Make secret"), "lock", bulk_forms.BulkSecretForm, danger=True),
    BulkButton("reject", _("Reject"), "ban", bulk_forms.BulkRejectForm, danger=True),
)
# fmt: on


def offered(user: Any) -> list[BulkButton]:
    """Return the bulk actions for which the officer has the right somewhere."""
    return [button for button in BUTTONS if user.has_perm(STEPS[button.name].permission)]


def named(name: str) -> BulkButton | None:
    """Return the button called so, whatever the officer's rights are."""
    return next((button for button in BUTTONS if button.name == name), None)
