"""Something came in or was checked elsewhere: rules share it with whom it was agreed."""

from uuid import UUID

from balai.modules import EventData, receiver
from modules.partners import sources
from modules.partners.selectors import agreements
from modules.partners.services import sharing


def share_by_rule(event: EventData) -> None:
    """Share a case with every partner that has a rule for it; the event's key is the case."""
    slug = event.topic.partition(".")[0]
    source = sources.get(slug)
    if source is None:
        return
    found = agreements.rules(slug, source.contract.CASE_TOPICS[event.topic])
    facts = source.case(UUID(event.key)) if found else None
    if facts is None:
        return
    for rule in found:
        sharing.by_rule(rule=rule, source=source, facts=facts)


for one in sources.installed():
    receiver(*one.contract.CASE_TOPICS)(share_by_rule)
