"""What the system itself writes into a history: in the region's language, whoever acts."""

from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from balai.ui import formats


def sentences(template: str, *more: str, **values: date | str) -> str:
    """Return ``template`` in the region's language, then what people wrote, a line each.

    Args:
        template: a text marked with ``gettext_noop``; days in ``values`` are written out.
    """
    with translation.override(settings.LANGUAGE_CODE):
        told = {
            name: formats.long_date(value) if isinstance(value, date) else value
            for name, value in values.items()
        }
        first = _(template) % told
    return "\n".join(text.strip() for text in (first, *more) if text.strip())
