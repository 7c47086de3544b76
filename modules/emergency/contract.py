"""The only thing other modules may import of this one: incidents that are passed on to others."""

from modules.emergency import topics
from modules.emergency.selectors import sharing
from modules.emergency.services import partnering

CASE_TOPICS = {topics.TAKEN: "arrived"}
"""When a case may be passed on to another body: the event's key is the case's uuid."""
CASE_FIELDS = sharing.FIELDS
"""What may be told of a case, by key."""
CASE_PAGE = "emergency_desk:incident"
"""The desk's page of a case; its argument is the uuid."""

case_kinds = sharing.kinds
cases_by_uuid = sharing.by_uuid
search_cases = sharing.search
may_share = sharing.may_share
case_details = sharing.details
case_photos = sharing.photos
hear_partner = partnering.hear
note_sharing = partnering.note_sharing
