"""Duplicates follow their case: whoever sent or follows one of them hears what happens to it.

Followers never hear of a secret case, and its own words never reach another report's reporter.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from balai import notify
from balai.modules import EventData, receiver
from balai.notify import subscriptions
from modules.complaints import access, following, history, tokens, topics, workflow
from modules.complaints.models import Complaint, Entry
from modules.complaints.receivers.reporter import addressee
from modules.complaints.receivers.wording import absolute
from modules.complaints.selectors import case, family
from modules.complaints.services import merging, moderating

JOINING: Final = {"complaints.merge": "merged", "complaints.unmerge": "unmerged"}
ENDINGS: Final = ("complaints.reject", "complaints.lapse")
CASE_MOVED: Final = (
    *(name for name in workflow.topics_for(workflow.Tell.FOLLOWERS) if name not in JOINING),
    *ENDINGS,
)


@receiver(*CASE_MOVED)
def tell_family(event: EventData) -> None:
    """Tell the reporters and followers of a case's duplicates what happened to the case."""
    main = case.for_notice(int(event.payload["complaint"] or 0))
    if main is None or main.sample:
        return
    entry = case.entry(event.payload.get("entry"))
    own = {_key(to) for to in subscriptions.recipients(following.subject(main.uuid))}
    for member in family.members(main):
        told = {**_case(main, entry), "number": member.number, "title": member.title}
        for to, url in _who(member, with_followers=access.is_listed(main)):
            if _key(to) not in own:  # who follows both hears it once
                _send("case_moved", to, {**told, "url": url}, event, member)


@receiver(*JOINING)
def tell_of_joining(event: EventData) -> None:
    """Tell who sent or follows a report that it was joined to a case, or parted from it."""
    member = case.for_notice(int(event.payload["complaint"] or 0))
    if member is None or member.sample:
        return
    main = family.root(member)
    told: dict[str, Any] = {"number": member.number, "title": member.title, "case_title": ""}
    if main.pk != member.pk and access.is_listed(main):
        told.update(case_title=main.title, case_number=main.number)
    for to, url in _who(member, with_followers=access.is_listed(member)):
        _send(JOINING[event.topic], to, {**told, "url": url}, event, member)


@receiver(topics.REPORTER_WROTE)
def pass_on(event: EventData) -> None:
    """Let the case's officers read what a duplicate's reporter wrote."""
    entry = case.entry(event.payload.get("entry"))
    if entry is not None:
        merging.pass_on(entry=entry)


@receiver(moderating.REDACTED)
def tell_of_redaction(event: EventData) -> None:
    """Tell the reporter that something was taken out of the text, and why."""
    report = case.for_notice(int(event.payload["complaint"] or 0))
    entry = case.entry(event.payload.get("entry"))
    if report is None or report.sample:
        return
    told = {"number": report.number, "title": report.title, "text": entry.text if entry else ""}
    for to, url in _who(report, with_followers=False):
        _send("redacted", to, {**told, "url": url}, event, report)


def _who(report: Complaint, *, with_followers: bool) -> Iterator[tuple[notify.Recipient, str]]:
    """Yield the report's reporter and followers, each with the address they may open."""
    reporter = addressee(report)
    if reporter is not None:
        link = absolute("complaints:open", tokens.link_token(report.uuid))
        yield (reporter if reporter.user else replace(reporter, speaks=report.language)), link
    if with_followers:
        for to in subscriptions.recipients(following.subject(report.uuid)):
            if to.user is None or to.user.pk != report.reporter_id:  # who hears it anyway
                yield to, absolute("complaints:detail", report.uuid)


def _case(main: Complaint, entry: Entry | None) -> dict[str, Any]:
    """Return what may be told of the case: of a secret one no more than how it stands."""
    if not access.is_listed(main):
        return {"happened": str(main.status.label), "text": "", "case_title": ""}
    public = entry is not None and entry.audience == Entry.Audience.PUBLIC
    return {
        "happened": history.title(entry) if entry else str(main.status.label),
        "text": entry.text if entry and public else "",
        "case_title": main.title,
        "case_number": main.number,
    }


def _send(
    notice: str, to: notify.Recipient, told: dict[str, Any], event: EventData, report: Complaint
) -> None:
    notify.send(
        template=f"complaints/{notice}",
        to=to,
        context=told,
        dedupe_key=f"complaints.family:{event.id}:{report.pk}:{to.reference or 'reporter'}",
    )


def _key(to: notify.Recipient) -> tuple[Any, str, Any]:
    """Return what tells two people apart, for those who follow a case and its duplicate."""
    return (to.user and to.user.pk, to.email, to.device and to.device.pk)
