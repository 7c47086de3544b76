"""Officers and their roles in the console."""

from django.urls import path

from balai.accounts.console import invitation_views, views

app_name = "accounts_console"

urlpatterns = [
    path("", views.officers, name="officers"),
    path("invite/", invitation_views.invite, name="invite"),
    path("invite-many/", invitation_views.invite_many, name="invite-many"),
    path("invitations/<uuid:reference>/resend/", invitation_views.resend, name="resend"),
    path("invitations/<uuid:reference>/revoke/", invitation_views.revoke, name="revoke"),
    path("<uuid:reference>/", views.officer, name="officer"),
    path("<uuid:reference>/roles/<int:pk>/", views.role, name="role"),
    path("<uuid:reference>/roles/<int:pk>/end/", views.end_role, name="end-role"),
    path("<uuid:reference>/deactivate/", views.deactivate, name="deactivate"),
    path("<uuid:reference>/reactivate/", views.reactivate, name="reactivate"),
]
