"""Letters after something happened to a share."""

from balai import notify
from balai.modules import EventData, receiver
from modules.partners import topics
from modules.partners.models import Link, Message, Share
from modules.partners.receivers.wording import absolute, facts, write_all
from modules.partners.selectors import addressees
from modules.partners.services import links
from modules.partners.states import State


def _share(event: EventData) -> Share | None:
    rows = Share.objects.select_related("cooperation__partner", "proposed_by")
    return rows.filter(pk=int(event.payload["share"] or 0), sample=False).first()


@receiver(topics.SHARED, "partners.consent", "partners.ask_again")
def tell_partner(event: EventData) -> None:
    """Tell a partner's people that a case waits for them."""
    share = _share(event)
    if share is not None and share.state in (State.SENT, State.ACKNOWLEDGED):
        to = addressees.of_partner(share.cooperation)
        write_all(to, "new", facts(share), str(event.id))


@receiver("partners.answer")
def tell_region(event: EventData) -> None:
    """Tell who shared a case that its partner has answered."""
    share = _share(event)
    if share is not None:
        write_all(addressees.of_region(share), "answered", facts(share), str(event.id))


@receiver(topics.HELD)
def ask_for_consent(event: EventData) -> None:
    """Tell the others who share that a sealed case waits for one more of them."""
    share = _share(event)
    if share is not None and share.state == State.HELD:
        others = addressees.sharers(but=share.proposed_by_id)
        write_all(others, "consent", facts(share), str(event.id))


@receiver(topics.SAID)
def pass_message_on(event: EventData) -> None:
    """Tell the other side that there is a message; its words stay on the page."""
    share = _share(event)
    line = Message.objects.filter(pk=int(event.payload["message"] or 0)).first()
    if share is None or line is None:
        return
    own = line.side == Message.Side.REGION
    to = addressees.of_partner(share.cooperation) if own else addressees.of_region(share)
    write_all(to, "message", facts(share), str(event.id))


@receiver(topics.LINKED)
def send_link(event: EventData) -> None:
    """Send the link to one case; whoever has the letter can open it."""
    rows = Link.objects.select_related("share__cooperation__partner")
    link = rows.filter(pk=int(event.payload["link"] or 0)).first()
    if link is None or not links.opens(link):
        return
    told = {
        **facts(link.share),
        "until": link.expires_at,
        "url": absolute("partners:link", links.token_of(link)),
    }
    notify.send(
        template="partners/link", to=notify.Recipient(email=link.email), context=told,
        dedupe_key=f"partners.link:{link.uuid}",
    )  # fmt: skip
