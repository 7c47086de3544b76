"""Why an answer is kept for a day (UU PDP 27/2022, articles 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

PURPOSES = (
    Purpose(
        slug="outbox.idempotency",
        label=_("Answers that can be repeated"),
        text=_("A form sent twice on a bad connection gets the same answer, not a second report."),
        basis=Basis.PUBLIC,
        law="UU 25/2009",
        data=(_("The answer to a form, without its contents"),),
        models=("outbox.IdempotencyKey",),
        retention=_("A day or two"),
    ),
)
