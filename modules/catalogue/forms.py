"""The form of an app, and what a move asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.directory import selectors as directory
from balai.signon import contract as signon
from modules.catalogue.links import DEEPLINK, NOT_LINKS, PACKAGE
from modules.catalogue.models import App
from modules.catalogue.selectors import shrink
from modules.catalogue.states import Category, SignOn
from modules.catalogue.workflow import Move


class AppForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """An app as its agency describes it."""

    url = forms.URLField(
        label=_("Web address"), max_length=300, required=False, assume_scheme="https",
        help_text=_("Such as https://example.go.id/. Leave it empty for an app on phones alone."),
    )  # fmt: skip
    login_address = forms.URLField(
        label=_("Where sign-in begins"), max_length=300, required=False, assume_scheme="https",
        help_text=_("Where the app sends people to sign in. Empty: people open the web address."),
    )  # fmt: skip
    overlaps = forms.MultipleChoiceField(
        label=_("Does the same as"), required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Hold Ctrl to choose several."),
    )  # fmt: skip

    class Meta:
        model = App
        fields = (
            "name", "summary", "category", "agency", "audience", "url", "package", "deeplink",
            "sign_on", "client_id", "login_address", "on_home", "probed", "personal", "data_held",
            "cost_per_year",
        )  # fmt: skip
        help_texts = {  # Django's form
            "name": _("As people know it."),
            "summary": _("One sentence. It stands beneath the name and is searched."),
            "package": _("Such as id.go.example.app, from its address in the Play Store."),
            "deeplink": _("Opens the installed app, such as example://home."),
            "data_held": _("Which data of people it keeps, such as “NIK, address, photo”."),
            "cost_per_year": _("Rupiah: hosting, licences, maintenance. Empty: nobody knows."),
        }
        error_messages = {  # Django's form
            "name": {"required": _("Write the app's name.")},
            "category": {"required": _("Choose the field of work.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", _("Choose…")), *Category.choices]  # type: ignore[attr-defined]  # a select
        agency: Any = self.fields["agency"]
        agency.choices = [("", _("Not said")), *directory.agencies_for_select()]
        clients = [(one.client_id, one.name) for one in signon.all_of_them() if not one.disabled]
        self.fields["client_id"] = forms.ChoiceField(
            label=_("Connected app"), required=False, choices=[("", _("Not connected")), *clients],
            help_text=_("Connect it in the console under “Sign-on” first."),
        )  # fmt: skip
        others = App.objects.exclude(pk=self.instance.pk).values_list("slug", "name")
        self.fields["overlaps"].choices = list(others)  # type: ignore[attr-defined]  # a select
        self.initial["overlaps"] = self.instance.overlaps

    def clean_package(self) -> str:
        """Refuse what is no package name."""
        text = str(self.cleaned_data["package"])
        if text and not PACKAGE.match(text):
            raise forms.ValidationError(_("This is no package name, such as id.go.example.app."))
        return text

    def clean_deeplink(self) -> str:
        """Refuse links that could run something in the page."""
        text = str(self.cleaned_data["deeplink"]).strip()
        if text and (not DEEPLINK.match(text) or text.partition(":")[0] in NOT_LINKS):
            raise forms.ValidationError(_("Write the link like example://home."))
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for an address of some kind, and for the connected app where there is sign-on."""
        found = super().clean() or {}
        for name in ("url", "login_address"):
            if str(found.get(name) or "https").partition(":")[0] not in {"http", "https"}:
                self.add_error(name, _("The address begins with https://."))
        if not found.get("url") and not found.get("package") and "url" not in self.errors:
            self.add_error("url", _("Write a web address or an Android package."))
        if found.get("sign_on") == SignOn.OIDC and not found.get("client_id"):
            self.add_error("client_id", _("Choose the connected app that signs people in."))
        return found

    def _post_clean(self) -> None:
        self.instance.overlaps = self.cleaned_data.get("overlaps", [])
        super()._post_clean()  # type: ignore[misc]  # Django's own hook


class MoveForm(forms.Form):
    """What one move asks for."""

    retire_on = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("People read it beside the app. On the next day it is retired by itself."),
        error_messages={"required": _("Say the last day.")},
    )  # fmt: skip
    replaced_by = forms.ModelChoiceField(
        label=_("People use instead"), queryset=App.objects.none(), required=False,
        empty_label=_("Nothing"),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Everybody reads it beside the app."),
        error_messages={"required": _("Write why.")},
    )  # fmt: skip

    def __init__(self, *args: Any, move: Move, app: App, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("retire_on", "reason"):
            if name not in move.asks:
                del self.fields[name]
        if move.name not in {"plan", "retire"}:
            del self.fields["replaced_by"]
            return
        instead: Any = self.fields["replaced_by"]
        found = shrink.candidates(app)
        instead.queryset = App.objects.filter(pk__in=[one.pk for one in found])
        instead.choices = [("", _("Nothing")), *((one.pk, one.name) for one in found)]
