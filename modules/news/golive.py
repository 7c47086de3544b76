"""What must have worked once before citizens are told of the site."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from balai.modules.golive import Check
from modules.news.selectors import public


def checks() -> Iterator[Check]:
    """Yield the module's lines of the go-live checklist."""
    yield Check(
        "news.first_article",
        _("A first article published"),
        public.visible().filter(sample=False).exists(),
        _("Write one with a picture, and let a second person review it."),
        reverse("news_desk:index"),
    )
