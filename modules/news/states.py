"""The kinds and states of an article, the verdicts on a hoax, and how each one looks."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from balai.ui.status import Status


class Kind(TextChoices):
    """What an article is."""

    NEWS = "news", pgettext_lazy("kind of article", "News")
    NOTICE = "notice", pgettext_lazy("kind of article", "Announcement")
    EVENT = "event", pgettext_lazy("kind of article", "Agenda")
    HOAX = "hoax", pgettext_lazy("kind of article", "Hoax clarified")
    EPAPER = "epaper", pgettext_lazy("kind of article", "E-paper")


class State(TextChoices):
    """Where an article stands.

    PUBLISHED and CORRECTED are never stored: a scheduled article whose time has come is
    published, whether or not any job ran.
    """

    DRAFT = "draft", pgettext_lazy("article", "Draft")
    REVIEW = "review", pgettext_lazy("article", "Waits for review")
    SCHEDULED = "scheduled", pgettext_lazy("article", "Scheduled")
    PUBLISHED = "published", pgettext_lazy("article", "Published")
    CORRECTED = "corrected", pgettext_lazy("article", "Published, corrected")
    ARCHIVED = "archived", pgettext_lazy("article", "Archived")


class Verdict(TextChoices):
    """What was found of a claim; the words of Mafindo and TurnBackHoax.id."""

    FALSE = "false", pgettext_lazy("verdict", "False")
    MISLEADING = "misleading", pgettext_lazy("verdict", "Misleading")
    MANIPULATED = "manipulated", pgettext_lazy("verdict", "Manipulated content")
    IMPOSTOR = "impostor", pgettext_lazy("verdict", "Impersonation")
    SATIRE = "satire", pgettext_lazy("verdict", "Satire")
    TRUE = "true", pgettext_lazy("verdict", "True")


class Push(TextChoices):
    """How far a message to phones is; nobody sends one alone."""

    NONE = "", pgettext_lazy("push", "None")
    ASKED = "asked", pgettext_lazy("push", "Waits for a second person")
    APPROVED = "approved", pgettext_lazy("push", "Approved")
    SENT = "sent", pgettext_lazy("push", "Sent")


_LOOKS = {
    State.DRAFT: ("grey", "pencil"),
    State.REVIEW: ("amber", "eye"),
    State.SCHEDULED: ("blue", "clock"),
    State.PUBLISHED: ("green", "check"),
    State.CORRECTED: ("green", "check-check"),
    State.ARCHIVED: ("grey", "archive"),
}
_KIND_LOOKS = {
    Kind.NEWS: ("grey", "newspaper"),
    Kind.NOTICE: ("amber", "megaphone"),
    Kind.EVENT: ("blue", "calendar-days"),
    Kind.HOAX: ("red", "shield-alert"),
    Kind.EPAPER: ("grey", "file-text"),
}
_VERDICT_LOOKS = {
    Verdict.FALSE: ("red", "circle-x"),
    Verdict.MISLEADING: ("amber", "triangle-alert"),
    Verdict.MANIPULATED: ("red", "image-off"),
    Verdict.IMPOSTOR: ("red", "user-x"),
    Verdict.SATIRE: ("grey", "drama"),
    Verdict.TRUE: ("green", "circle-check"),
}
STATUSES = {state.value: Status(*look, state.label) for state, look in _LOOKS.items()}
KINDS = {kind.value: Status(*look, kind.label) for kind, look in _KIND_LOOKS.items()}
VERDICTS = {word.value: Status(*look, word.label) for word, look in _VERDICT_LOOKS.items()}
STORED = (State.DRAFT, State.REVIEW, State.SCHEDULED, State.ARCHIVED)
OUT = (State.PUBLISHED, State.CORRECTED)
