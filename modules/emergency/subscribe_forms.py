"""Which area's alerts a citizen wants, and how grave they must be."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from balai.directory.models import Area
from balai.ui.fields import RichLabel
from modules.emergency import alert_subjects


class SubscribeForm(forms.Form):
    """Which area's alerts somebody wants, and how grave they must be."""

    area = forms.ChoiceField(label=_("Area"))
    least = forms.ChoiceField(
        label=_("Which alerts"), initial="severe", widget=forms.RadioSelect,
        choices=[
            ("extreme", RichLabel(_("Extreme danger only"), _("Such as an evacuation."))),
            ("severe", RichLabel(_("Danger"), _("Floods, large fires and worse."))),
            ("moderate", RichLabel(_("Danger and warnings"), _("Also power cuts and heavy rain."))),
            ("minor", RichLabel(_("Everything"), _("Also notices."))),
        ],
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"), required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Area.objects.filter(kind=Area.Kind.DISTRICT).order_by("name")
        named = [(code, gettext("Kecamatan %(name)s") % {"name": name})
                 for code, name in rows.values_list("code", "name")]  # fmt: skip
        self._choice("area").choices = [
            (alert_subjects.EVERYWHERE, gettext("The whole region")),
            *named,
        ]

    def named(self, area: str) -> str:
        """Return an area as people call it."""
        return str(dict(self._choice("area").choices).get(area, area))

    def chosen(self) -> str:
        """Return the choice in one line; "" as long as there is no valid one."""
        if not self.is_bound or self["area"].errors or self["least"].errors:
            return ""
        return self.described(self["area"].value(), self["least"].value())

    def described(self, area: str, least: str) -> str:
        """Return what somebody has chosen, in one line."""
        words = dict(self._choice("least").choices)
        return f"{self.named(area)}: {words.get(least, least)}"

    def _choice(self, name: str) -> Any:
        """Return a field as what it is here; Django's types know a form's fields by no kind."""
        return self.fields[name]
