"""The module's events; all carry ids only.

PUBLISHED is held back until the time of publication and says "look now": whoever hears it looks
whether the article is out, for it may have been called back meanwhile. ``at`` in its payload is
that time in seconds: an article that was moved to an earlier one is out when the old one comes.
"""

from datetime import datetime

SUBMITTED = "news.submitted"
RETURNED = "news.returned"
APPROVED = "news.approved"
PUBLISHED = "news.published"
CALLED_BACK = "news.called_back"
CORRECTED = "news.corrected"
ARCHIVED = "news.archived"
BROUGHT_BACK = "news.brought_back"
PUSHED = "news.pushed"
"""A message to phones was approved: it goes out once the article is out."""
SOURCE_WANTED = "news.source_wanted"
"""Somebody waits for another site to be read: it need not wait for its turn."""
FEED_READ = "news.feed_read"
"""Only announced to open pages: another site was read."""

DESK = (SUBMITTED, RETURNED, APPROVED, PUBLISHED, CALLED_BACK, CORRECTED, ARCHIVED, BROUGHT_BACK)
PUBLIC = (APPROVED, PUBLISHED, CALLED_BACK, CORRECTED, ARCHIVED, BROUGHT_BACK)


def minute(moment: datetime) -> int:
    """Return a time of publication as events carry it, in seconds since 1970."""
    return int(moment.timestamp())
