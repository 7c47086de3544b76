"""Who works at the platform: made, given a rank, shut out, let in again."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from balai import audit
from balai.accounts import people
from balai.accounts.models import User
from balai.accounts.signin_links import make_signin_link
from provisioning.models import Post
from provisioning.operators.ranks import SUPERUSER
from provisioning.signup import mail

TARGET = "/operations/"


@transaction.atomic
def add(*, email: str, name: str, rank: str, province: str = "") -> User:
    """Make an account with a rank and mail its owner a link that signs in once.

    Raises:
        ValidationError: for an address that is no address, or belongs to an account already.
    """
    validate_email(email)
    if User.objects.filter(email=email.strip().lower()).exists():
        raise ValidationError(_("There is an account with this address already."))
    user = people.ensure_user(email=email, name=name)
    _set(user, rank, province)
    link = make_signin_link(user, TARGET)
    told = {"link": link, "name": user.label}
    transaction.on_commit(
        lambda: mail.deliver("operator_added", [user.email], told),  # type: ignore[list-item]  # it has one
        robust=True,
    )
    return user


@transaction.atomic
def give(*, user: User, rank: str, province: str = "", by: User) -> None:
    """Give an account another rank.

    Raises:
        ValidationError: when somebody would take their own last right to rule away.
    """
    if user == by and rank != SUPERUSER:
        raise ValidationError(_("Somebody else must lower your own rank."))
    _set(user, rank, province)


@transaction.atomic
def shut_out(*, user: User, by: User) -> None:
    """End all sessions of an account and let it in no more; :func:`let_in` undoes it.

    Raises:
        ValidationError: for one's own account.
    """
    if user == by:
        raise ValidationError(_("You cannot shut yourself out."))
    people.deactivate(user=user)


@transaction.atomic
def let_in(*, user: User) -> None:
    """Let an account in again."""
    people.reactivate(user=user)


def _set(user: User, rank: str, province: str) -> None:
    user.is_superuser = user.is_staff = rank == SUPERUSER
    user.save(update_fields=["is_staff", "is_superuser"])
    if rank == SUPERUSER:
        Post.objects.filter(user=user).delete()
    else:
        Post.objects.update_or_create(user=user, defaults={"rank": rank, "province": province})
    after = {"rank": rank, "province": province}
    audit.record(action="operator.ranked", target=str(user.uuid), after=after)
