"""Our side of django-allauth: phone numbers, messages, limits and where to go afterwards."""

from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from balai import audit, context
from balai.accounts import limits, messages, notices
from balai.accounts.forms import PhoneField
from balai.accounts.models import User
from balai.accounts.roles import CONSOLE
from balai.audit.actor import acting_as

STAGES: Final = {
    "allauth.account.stages.EmailVerificationStage": "balai.accounts.stages.EmailStage"
}


class AccountAdapter(DefaultAccountAdapter):
    """One account a person and region, found by e-mail address or phone number."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let citizens sign up in a region; operators are made on the command line."""
        return context.region_or_none() is not None

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Save a new citizen with the name and number of the form."""
        user.name = form.cleaned_data.get("name", "")
        user.language = getattr(request, "LANGUAGE_CODE", user.language)
        user.phone = form.cleaned_data.get("phone") or None
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def get_login_stages(self) -> list[str]:
        """Return allauth's stages, with ours for people who have no e-mail address."""
        return [STAGES.get(path, path) for path in super().get_login_stages()]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Send admins to the console, the platform's people to theirs, others to the front page."""
        user: Any = request.user
        name = "provisioning_console:index" if user.has_perm(CONSOLE) else ""
        if context.region_or_none() is None:
            name = "operations:index" if user.is_staff else "provisioning:regions"
        try:
            return reverse(name) if name else "/"
        except NoReverseMatch:
            return "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the account page."""
        return reverse("account:me")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Write an officer's sign-in, or any on the platform, into the audit log."""
        if context.region_or_none() is None or user.is_officer:
            with acting_as(user.label, user.uuid):
                audit.record(action="account.signed_in", target=str(user.uuid))
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a password attempt, here and over all regions.

        Raises:
            ValidationError: too many for this account or this IP address.
        """
        if not limits.allow("guess.account", _account_of(credentials)):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth's knows no phone numbers: all would share one counter.
        return f"{context.schema()}:{_account_of(credentials)}"

    # Phone numbers: on the user itself.

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        """Return the field that reads numbers as Indonesians write them."""
        return PhoneField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """Return the number and whether it is verified."""
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Keep the number."""
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Keep the number as one whose code was typed in."""
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> User | None:
        """Return the account with this number (E.164)."""
        return User.objects.filter(phone=phone).first()

    # Messages: ours, through notify.

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        """Send a code to a phone."""
        self._sms("code", phone, code=code)

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Tell a number without an account, so that both cases take and look the same."""
        self._sms("unknown", phone, url=self._url("account_signup"))

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Tell the owner of a number that somebody tried to sign up with it."""
        self._sms("exists", phone, url=self._url("account_login"))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send allauth's mail ``template_prefix`` with our own template."""
        links = {"login_url": self._url("account_login"), "signup_url": self._url("account_signup")}
        name, values = notices.of(template_prefix, {**links, **context})
        if name == "code" or name in notices.ANSWERS:
            self._check(limits.allow_code(email))
        messages.deliver(name, email=email, values=values)

    def _sms(self, name: str, phone: str, **values: str) -> None:
        self._check(limits.allow_code(phone) and limits.allow_ip("sms.ip", self.request))
        messages.deliver(name, phone=phone, values=values)

    def _check(self, allowed: bool) -> None:
        if not allowed:
            raise ImmediateHttpResponse(respond_429(self.request))

    def _url(self, name: str) -> str:
        return str(self.request.build_absolute_uri(reverse(name)))


def _account_of(credentials: dict[str, Any]) -> str:
    given = (credentials.get(name) for name in ("email", "phone", "username"))
    return str(next((value for value in given if value), "")).lower()
