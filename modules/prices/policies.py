"""Who may see photos of price tags, and who may hear what happens to prices."""

from typing import Any

from django.http import HttpRequest

from balai import files, live
from balai.files.models import StoredFile
from modules.prices import topics
from modules.prices.services.entering import PURPOSE
from modules.prices.workflow import ENTER, VERIFY

DESK = "prices.access_desk"


def may_see_photo(user: Any, file: StoredFile, request: HttpRequest) -> bool:
    """Tell whether somebody may see a photo: those who ask and those who check."""
    return bool(user.is_authenticated and (user.has_perm(ENTER) or user.has_perm(VERIFY)))


def may_listen(user: Any, topic: str) -> bool:
    """Tell whether somebody may hear that something happened: everybody what is published."""
    return topic == topics.PUBLISHED or bool(
        user is not None and user.is_authenticated and user.has_perm(DESK)
    )


files.policy(PURPOSE, may_see_photo)
live.topic_policy("prices.", may_listen)
