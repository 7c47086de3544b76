"""Buttons that stand beside the moves: write, show photos, keep secret."""

from django.utils.translation import gettext_lazy as _

from modules.complaints import desk_forms, rights, services, workflow
from modules.complaints.actions.action import Action

# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("write", _("Write to the reporter"), "message-circle", "b", rights.DESK,
           lambda c, u, d, f: services.message(complaint=c, text=d["text"],
                                               photos=d["photos"], by=u),
           form=desk_forms.MessageForm, done=_("Written. The reporter is told.")),
    Action("photos", _("Let everybody see the photos"), "eye", "p", workflow.VERIFY,
           lambda c, u, d, f: services.approve_photos(complaint=c, by=u),
           done=_("The photos may be seen by everybody."),
           fits=lambda c: not c.secret and c.photos.filter(
               approved_at=None, stage__in=("before", "after")).exists()),
    Action("secret", _("Make it secret"), "lock", "", workflow.VERIFY,
           lambda c, u, d, f: services.make_secret(complaint=c, by=u),
           done=_("Secret. It is gone from public pages for good."),
           fits=lambda c: not c.secret),
)
# fmt: on
