"""What the admin types on the modules page and on the words page."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from balai.modules.manifest import Module
from tenants import words


class LabelForm(forms.Form):
    """The region's own name for a module."""

    label = forms.CharField(label=_("Name for citizens"), max_length=40, required=False)


class WordsForm(forms.Form):
    """The region's own terms; an empty field means the usual one."""

    def __init__(self, *args: Any, own: Mapping[str, str], kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for word in words.WORDS:
            self.fields[word.key] = forms.CharField(
                label=str(word.label),
                help_text=_("Usually: %(word)s") % {"word": word.usual(kind)},
                initial=own.get(word.key, ""),
                max_length=40,
                required=False,
            )


def settings_form(module: Module, values: Mapping[str, Any], data: Any = None) -> forms.Form:
    """Return the module's own settings form, filled with what the region has."""
    form_class: type[forms.Form] = import_string(module.settings_form)
    return form_class(data, initial=dict(values))


def as_json(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """Return cleaned values as JSON can keep them: dates and decimals become text."""
    plain: dict[str, Any] = json.loads(json.dumps(cleaned, cls=DjangoJSONEncoder))
    return plain
