"""The module's events; all carry ids only.

PUBLISHED is held back until the time of publication and says "look now": whoever hears it looks
whether the article is out, for it may have been called back meanwhile.
"""

SUBMITTED = "news.submitted"
RETURNED = "news.returned"
APPROVED = "news.approved"
PUBLISHED = "news.published"
CALLED_BACK = "news.called_back"
CORRECTED = "news.corrected"
ARCHIVED = "news.archived"
BROUGHT_BACK = "news.brought_back"

DESK = (SUBMITTED, RETURNED, APPROVED, PUBLISHED, CALLED_BACK, CORRECTED, ARCHIVED, BROUGHT_BACK)
PUBLIC = (APPROVED, PUBLISHED, CALLED_BACK, CORRECTED, ARCHIVED, BROUGHT_BACK)
