"""The members app: roles and invitations, in regions only."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """Memberships and invitations."""

    name = "balai.accounts.members"
    verbose_name = _("Members")
