"""The coordinator's buttons for SP4N-LAPOR!."""

from django.utils.translation import gettext_lazy as _

from modules.complaints import sp4n, sp4n_forms, workflow
from modules.complaints.actions.action import Action
from modules.complaints.models import Complaint
from modules.complaints.services import sp4n_sending


def _can_go(report: Complaint) -> bool:
    return sp4n.channel() is not None and sp4n_sending.twin_of(report) is None


# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("sp4n-send", _("Send to SP4N-LAPOR!"), "landmark", "", workflow.VERIFY,
           lambda c, u, d, f: sp4n_sending.send(complaint=c, by=u),
           done=_("On its way to SP4N-LAPOR!"), fits=_can_go),
    Action("sp4n-note", _("Note the SP4N number"), "hash", "", workflow.VERIFY,
           lambda c, u, d, f: sp4n_sending.note_by_hand(complaint=c, by=u, **d),
           form=sp4n_forms.NoteForm, done=_("Written down."),
           fits=lambda c: sp4n_sending.by_hand()),
)
# fmt: on
