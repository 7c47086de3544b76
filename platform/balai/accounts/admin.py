"""Operators in their own admin at the apex."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest

from balai.accounts.models import User

# Signing in is allauth's, with codes, passkeys and limits; the admin's own form is closed.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth documents


@admin.register(User)
class OperatorAdmin(admin.ModelAdmin):
    """Operators. They are made on the command line and never deleted: the audit names them."""

    list_display = ["email", "name", "is_active", "is_superuser", "last_login"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "language", "is_active", "is_staff", "is_superuser", "last_login"]
    readonly_fields = ["email", "last_login"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: ``balai operator create`` makes the address a verified one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: take "may sign in" away instead."""
        return False
