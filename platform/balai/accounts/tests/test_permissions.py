"""Who may do what, and where."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from balai.accounts import roles, scope
from balai.accounts.models import User
from balai.accounts.scope import AgencyScope
from balai.accounts.services import expire_role, grant_role
from balai.context import platform, region_context
from balai.directory.models import Agency
from balai.modules import registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(in_region) -> dict[str, Agency]:
    """A head office with a branch and a sub-branch, and another office."""
    head = Agency.objects.create(code="uji-1", name="Dinas Uji", short_name="DU")
    branch = Agency.objects.create(code="uji-2", name="UPT Uji", short_name="UPT", parent=head)
    leaf = Agency.objects.create(code="uji-3", name="Pos Uji", short_name="Pos", parent=branch)
    other = Agency.objects.create(code="uji-4", name="Dinas Lain", short_name="DL")
    return {"head": head, "branch": branch, "leaf": leaf, "other": other}


def test_matrix_follows_the_manifests(in_region, make_user, tree) -> None:
    """Every role against every permission of every module: granted exactly as declared."""
    granted = 0
    for role in roles.every():
        user = make_user(role.slug, agency=tree["head"] if role.needs_agency else None)
        for name, permission in registry.permissions():
            expected = role.slug in permission.roles
            assert user.has_perm(name) is expected, f"{role.slug}: {name}"
            granted += expected
        assert user.has_perm("console.access") is (role.slug in {"admin", "support"})
    assert granted > 5


def test_a_citizen_and_a_visitor_have_no_rights(in_region, make_user) -> None:
    user = make_user()
    for name, _ in registry.permissions():
        assert not user.has_perm(name)
        assert not AnonymousUser().has_perm(name)
        assert user.agencies_for(name) == AgencyScope.NONE
    assert not user.has_perm("console.access")
    assert not user.has_perm("nothing.known")


def test_scope_reaches_down_the_tree_and_not_up(in_region, make_user, tree) -> None:
    user = make_user("officer", agency=tree["branch"])
    found = user.agencies_for(_perm_of("officer"))
    assert found == AgencyScope(ids=frozenset({tree["branch"].pk, tree["leaf"].pk}))
    assert found.covers(tree["leaf"].pk)
    assert not found.covers(tree["head"].pk)
    assert not found.covers(tree["other"].pk)
    assert not found.covers(None)


def test_scopes_of_several_roles_add_up(in_region, make_user, tree) -> None:
    user = make_user("officer", agency=tree["leaf"])
    grant_role(user=user, role="officer", agency=tree["other"])
    assert user.agencies_for(_perm_of("officer")).ids == {tree["leaf"].pk, tree["other"].pk}
    grant_role(user=user, role="admin")
    assert user.agencies_for("console.access") == AgencyScope.ALL


def test_a_loop_in_the_tree_ends(in_region, make_user, tree) -> None:
    Agency.objects.filter(pk=tree["head"].pk).update(parent=tree["leaf"])
    user = make_user("officer", agency=tree["branch"])
    assert len(user.agencies_for(_perm_of("officer")).ids) == 3


def test_an_expired_role_gives_nothing(in_region, make_user, tree) -> None:
    user = make_user()
    held = grant_role(
        user=user, role="coordinator", valid_until=timezone.now() + timedelta(hours=1)
    )
    assert user.is_officer
    expire_role(membership=held)
    assert not User.objects.get(pk=user.pk).is_officer


def test_rights_end_at_the_regions_border(region, other_region, make_user) -> None:
    user = make_user("admin", city=region)
    with region_context(other_region):
        assert not User(pk=user.pk, email=user.email).has_perm("console.access")
    with platform():
        assert not User(pk=user.pk, email=user.email).has_perm("console.access")


def test_an_operator_has_no_rights_in_a_region(in_region, make_user) -> None:
    user = make_user(is_staff=True, is_superuser=True)
    assert not user.has_perm("console.access")
    assert not user.has_module_perms("accounts")


def test_a_deactivated_admin_has_no_rights(in_region, make_user) -> None:
    user = make_user("admin")
    user.is_active = False
    user.__dict__.pop("grants", None)
    assert not user.has_perm("console.access")


def test_all_rights_cost_one_query(in_region, make_user, tree, django_assert_num_queries) -> None:
    made = make_user("officer", agency=tree["head"])
    grant_role(user=made, role="coordinator")
    user = User.objects.get(pk=made.pk)
    with django_assert_num_queries(1):
        for name, _ in registry.permissions():
            user.has_perm(name)
            user.agencies_for(name)
        assert user.needs_second_factor


def _perm_of(role: str) -> str:
    return next(name for name, known in scope._roles_by_permission().items() if role in known)
