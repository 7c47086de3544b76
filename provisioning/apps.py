"""The app that opens regions and keeps the fleet on one release."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from balai import live


def _anybody(user: object, topic: str) -> bool:
    # The topic itself is the secret: an opening's uuid is known to its applicant only, and
    # what is sent to it is "look again", never contents.
    return True


class ProvisioningConfig(AppConfig):
    """Sign-up, openings, releases and plans (shared schema)."""

    name = "provisioning"
    verbose_name = _("Opening regions")

    def ready(self) -> None:
        """Let wizard pages hear of their opening's steps; remember jobs that fail."""
        from provisioning.operators import failures  # models are ready only now

        live.topic_policy("opening.", _anybody)
        failures.connect()
