"""Steps of signing in that differ from allauth's."""

from allauth.account.stages import EmailVerificationStage
from django.http import HttpResponse


class EmailStage(EmailVerificationStage):
    """Ask for a verified e-mail address only of people who have one."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Let a person with a phone number alone pass: the phone stage came before."""
        if self.login.email or (self.login.user and self.login.user.email):
            response, go_on = super().handle()
            return response, go_on
        return None, True
