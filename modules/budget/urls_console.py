"""Admins' addresses: which agency of the directory an agency of the budget is."""

from django.urls import path

from modules.budget.views import console

urlpatterns = [path("", console.index, name="index")]
