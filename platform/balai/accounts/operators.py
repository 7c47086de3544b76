"""The platform's operators: accounts of the shared schema."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from balai import audit, context
from balai.accounts import people
from balai.accounts.signin_links import make_signin_link


@transaction.atomic
def create(*, email: str, name: str = "") -> str:
    """Make an operator, or find the one with this address; return a one-time sign-in link.

    Raises:
        NoRegionError: outside ``platform()``: there are no operators in a region.
        ValidationError: when ``email`` is no address, or the operator was shut out.
    """
    if context.current() is not context.PLATFORM:
        raise context.NoRegionError("operators are made on the platform")
    validate_email(email)
    user = people.ensure_user(email=email, name=name)
    if not user.is_active:
        raise ValidationError("this operator may not sign in any more")
    if not user.is_superuser:
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])
        audit.record(action="operator.created", target=str(user.uuid))
    return make_signin_link(user, "/operations/")
