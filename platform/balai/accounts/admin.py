"""Operators in their own admin at the apex."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest

from balai.accounts.models import User

# Signing in is allauth's, with codes, passkeys and limits; the admin's own form is closed.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth documents


class ReadOnly(admin.ModelAdmin):
    """Rows that operators look at; what changes them is a service, which is audited."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody types these in."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are the record of what happened."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Changes go through services."""
        return False


@admin.register(User)
class OperatorAdmin(ReadOnly):
    """Operators. They are made on the command line or by a superuser at /operations/, who also
    gives and takes ranks, and are never deleted: the audit names them.
    """

    list_display = ["email", "name", "is_active", "is_superuser", "last_login"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "language", "is_active", "is_staff", "is_superuser", "last_login"]
