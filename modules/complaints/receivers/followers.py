"""Tell followers of every public move, and no more than the public may know.

What is public is asked when the notice is written, not when the move was made: a report that has
become secret meanwhile is told to nobody.
"""

from typing import Any, Final

from balai import notify
from balai.modules import EventData, receiver
from balai.notify import subscriptions
from modules.complaints import access, following, topics, workflow
from modules.complaints.models import Complaint, Entry
from modules.complaints.receivers.wording import absolute, facts
from modules.complaints.selectors import case
from modules.complaints.states import NOT_YET_PUBLIC

JOINING: Final = ("complaints.merge", "complaints.unmerge")
"""Told to everybody of both reports by ``duplicates.py``."""
TOLD: Final = (
    *(name for name in workflow.topics_for(workflow.Tell.FOLLOWERS) if name not in JOINING),
    "complaints.escalated",
)
ENDINGS: Final = (topics.MADE_SECRET, "complaints.reject", "complaints.lapse", "complaints.erased")


@receiver(*TOLD, *ENDINGS)
def tell_followers(event: EventData) -> None:
    """Write to whoever follows the report; end it when the report is public no longer."""
    report = case.for_notice(int(event.payload["complaint"] or 0))
    if report is None:
        return
    if _is_gone(report):
        end_following(event, report)
    elif access.is_listed(report) and event.topic in TOLD:
        entry = case.entry(event.payload.get("entry"))
        for to in subscriptions.recipients(following.subject(report.uuid)):
            if to.user is None or to.user.pk != report.reporter_id:  # who hears it anyway
                _tell(to, event, report, entry)


def end_following(event: EventData, report: Complaint) -> None:
    """Tell strangers, without a word about the report, that there will be no more news."""
    gone = subscriptions.end(following.subject(report.uuid), keep=report.reporter)
    for to in gone:
        notify.send(
            template="complaints/not_public",
            to=to,
            context={"number": report.number, "url": absolute("complaints:index")},
            dedupe_key=f"complaints.follower:{event.id}:{to.reference}",
        )


@receiver(subscriptions.CHANGED)
def count_followers(event: EventData) -> None:
    """Keep the number that the public list sorts by; see ``services/following.py``."""
    uuid = following.uuid_of(event.key)
    if uuid is not None:
        joined = Complaint.objects.filter(merged_into__uuid=uuid).count()
        number = subscriptions.count(event.key) + joined
        Complaint.objects.filter(uuid=uuid).update(followers=number)


def _is_gone(report: Complaint) -> bool:
    """Tell whether the report will not come back to public pages by itself."""
    return report.secret or report.erased_at is not None or (
        report.published_at is None and report.state in NOT_YET_PUBLIC
    )  # fmt: skip


def _tell(to: notify.Recipient, event: EventData, report: Complaint, entry: Entry | None) -> None:
    notify.send(
        template="complaints/followed",
        to=to,
        context=_words(event, report, entry),
        dedupe_key=f"complaints.follower:{event.id}:{to.reference}",
    )


def _words(event: EventData, report: Complaint, entry: Entry | None) -> dict[str, Any]:
    public = entry is not None and entry.audience == Entry.Audience.PUBLIC
    return {
        **facts(report),
        "move": event.topic.partition(".")[2],
        "agency": entry.agency.name if entry and entry.agency else facts(report)["agency"],
        "text": entry.text if entry and public else "",
        "url": absolute("complaints:detail", report.uuid),
        "tag": report.number,
    }
