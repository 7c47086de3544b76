"""Why people are written to (UU PDP 27/2022, articles 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.notify import subject, subscriptions
from balai.notify.push import devices
from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

PURPOSES = (
    Purpose(
        slug=subscriptions.PURPOSE,
        label=_("News that you asked for"),
        text=_("You follow a report, a price, an alert or a news topic and are written to."),
        basis=Basis.CONSENT,
        data=(_("Account or e-mail address"), _("What you follow")),
        models=("notify.Subscription",),
        retention=_("Until you stop it; addresses never confirmed: 7 days"),
        swept_by="balai.notify.tasks.prune",
        version="1",
        consequence=_(
            "You follow nothing any more and get no more news. Answers to what you sent stay."
        ),
        active=subject.follows,
        withdraw=subject.unfollow,
    ),
    Purpose(
        slug=devices.PURPOSE,
        label=_("Messages on your devices"),
        text=_("A browser you allowed shows messages."),
        basis=Basis.CONSENT,
        data=(_("The browser's address at its maker's service"),),
        models=("notify.PushDevice",),
        retention=_("Until you end it or the browser does"),
        recipients=(_("The browser maker's push service; what is sent is encrypted"),),
        version="1",
        consequence=_("All your browsers are forgotten. You can allow them again."),
        active=subject.has_devices,
        withdraw=subject.forget_devices,
    ),
    Purpose(
        slug="notify.messages",
        label=_("Messages about your own things"),
        text=_("Codes, receipts and answers to what you sent, and a record that they went out."),
        basis=Basis.PUBLIC,
        law="UU 25/2009",
        data=(_("Address or number"), _("Which message, when")),
        models=("notify.Message",),
        retention=_("90 days"),
        recipients=(_("The mail or SMS service of the region"),),
        swept_by="balai.notify.tasks.prune",
    ),
)  # fmt: skip
