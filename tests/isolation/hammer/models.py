"""One table in every city's schema; each row says whose it is."""

from django.db import models
from django_tenants.models import TenantMixin


class City(TenantMixin):
    """Only for django-tenants' own ``with tenant:``; it has no table here."""

    auto_create_schema = False

    class Meta:
        managed = False


class Canary(models.Model):
    """Equal keys in all cities, and the city's own name."""

    city = models.CharField(max_length=40)
    note = models.CharField(max_length=40, default="")
