"""Take allauth's tables out of the operators' admin: clients are made by services alone."""

from allauth.idp.oidc.models import Client, Token
from django.contrib import admin

for model in (Client, Token):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
