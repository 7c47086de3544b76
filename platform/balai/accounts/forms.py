"""Signing in and up with one field; one's own profile."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField
from allauth.account.forms import LoginForm as AllauthLoginForm, SignupForm as AllauthSignupForm
from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from balai.accounts import phones
from balai.accounts.models import User


class PhoneField(forms.CharField):
    """Cleans to E.164; reads "0812-3456-7890" as the Indonesian number it is."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
        )
        kwargs.setdefault("label", _("Mobile number"))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Return the number in E.164 form, or "" for none."""
        text = super().clean(value)
        return phones.normalise(text) if text else ""


class ContactField(forms.CharField):
    """An e-mail address (lower case) or a phone number (E.164)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        kwargs.setdefault("label", _("E-mail address or mobile number"))
        super().__init__(max_length=254, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the address or number in its one stored form."""
        text = super().clean(value).strip()
        if "@" in text:
            validate_email(text)
            return str(text.lower())
        return phones.normalise(text)


class LoginForm(AllauthLoginForm):
    """A code to the address or number; a password only for those who set one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = ContactField()
        self.order_fields(["login", "password"])

    def _setup_password_field(self) -> None:
        self.fields["password"] = PasswordField(
            label=_("Your password"), autocomplete="current-password", required=False
        )


class SignupForm(AllauthSignupForm):
    """A name and one contact, which is verified before the account can do anything.

    One, not two: with a second one, unverified, a stranger could get a foot into the account
    that the owner of the first will later use.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("email", "phone"):
            del self.fields[name]
        self.fields["name"] = forms.CharField(
            label=_("Your name"),
            max_length=120,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )
        self.fields["contact"] = ContactField()
        self.order_fields(["name", "contact"])

    def clean_contact(self) -> str:
        """Sort the contact into what allauth calls it; whether it is known is not told."""
        contact: str = self.cleaned_data["contact"]
        if "@" in contact:
            email = get_adapter().clean_email(contact)
            self.cleaned_data["email"] = self.validate_unique_email(email)
        else:
            self.cleaned_data["phone"] = contact
        return contact


class ProfileForm(forms.ModelForm):
    """What a person may change about themselves without a code."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["name", "language"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
