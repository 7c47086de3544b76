"""What a bulk action does to one report: always the same service as its button on the desk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from balai.accounts.models import User
from balai.directory.models import Agency
from modules.complaints import canned, rights
from modules.complaints.models import Complaint
from modules.complaints.services import handover, routing, talking, verification
from modules.complaints.workflow import HANDLE, VERIFY, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User as Officer

Values = Mapping[str, Any]
Run = Callable[[Complaint, Values, "Officer"], object]


@dataclass(frozen=True, slots=True)
class Step:
    """A bulk action: ``permission`` is asked when it is chosen, the service asks again later."""

    permission: str
    run: Run


def _verify(report: Complaint, values: Values, by: "Officer") -> object:
    """Route as rules and kind suggest unless one agency was chosen. Nobody looked at photos."""
    agency = _agency(values.get("agency"))
    if agency is None:
        offer = routing.suggest(report)
        if offer.agency is None:
            raise NotAllowed(offer.reason or _("No agency is suggested for it. Choose one."))
        agency = offer.agency
    ruling = verification.Ruling(
        agency=agency, category=report.category, title=report.title, approve_photos=False,
        note=str(values.get("text", "")),
    )  # fmt: skip
    return verification.verify_and_route(complaint=report, ruling=ruling, by=by)


def _hand_over(report: Complaint, values: Values, by: "Officer") -> object:
    colleague = User.objects.filter(pk=values["officer"], is_active=True).first()
    if colleague is None:
        raise NotAllowed(_("This officer is not there any more."))
    return handover.hand_over(complaint=report, to=colleague, note=values.get("text", ""), by=by)


def _write(report: Complaint, values: Values, by: "Officer", *, internal: bool) -> object:
    words = canned.fill(str(values["text"]), report)
    return talking.message(complaint=report, text=words, internal=internal, by=by)


STEPS: Mapping[str, Step] = {
    "verify": Step(VERIFY, _verify),
    "hand-over": Step(HANDLE, _hand_over),
    "note": Step(rights.DESK, lambda report, v, by: _write(report, v, by, internal=True)),
    "write": Step(rights.DESK, lambda report, v, by: _write(report, v, by, internal=False)),
    "secret": Step(VERIFY, lambda report, v, by: verification.make_secret(complaint=report, by=by)),
    "reject": Step(
        VERIFY,
        lambda report, v, by: verification.reject(
            complaint=report, reason=canned.fill(str(v["text"]), report), by=by
        ),
    ),
}


def _agency(pk: Any) -> Agency | None:
    return Agency.objects.filter(pk=pk, active=True).first() if pk else None
