"""Opening a region: all or nothing, resumable, everything in it that was promised."""

import os
import signal
import time
import warnings

import psycopg2
import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.utils import timezone

from balai.context import region_context
from provisioning.models import Opening, OpeningState, Release, Step, StepState
from provisioning.opening import OpeningError, engine, open_region, services, steps
from provisioning.opening.birth import give_birth
from provisioning.tests import dying
from provisioning.tests.dying import CITY
from tenants import directory, roles
from tenants.models import Region

pytestmark = pytest.mark.usefixtures("on_platform")
NAMES = steps.names_for(Opening())


def _left_of(schema: str) -> tuple[int, int, int]:
    """Return how many schemas, roles and directory rows there are of a region."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = %s", [schema])
        schemas = cursor.fetchone()[0]
        role = roles.role_name(connection.settings_dict["NAME"], schema)
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()[0]
    return schemas, found, Region.objects.filter(schema_name=schema).count()


def _remove(schema: str) -> None:
    Opening.objects.filter(slug="bandung").delete()
    for region in Region.objects.filter(schema_name=schema):
        with connection.cursor() as cursor:
            cursor.execute(roles.drop_sql(schema, region.role))
        region.delete()


@pytest.fixture(scope="module")
def made(scratch: str) -> Region:
    from balai.context import platform

    with platform():
        return open_region(
            code="34.71", slug="yogyakarta", email="admin@jogjakota.go.id", preset="kota"
        )


def test_everything_promised_is_there(made: Region) -> None:
    from balai.accounts.models import Membership, User
    from balai.directory.models import Agency, Area
    from balai.workcal.models import Holiday

    region = directory.by_schema(made.schema_name)
    assert (region.code, region.kind, region.state) == ("34.71", "kota", "sandbox")
    assert region.active_modules and region.words["head"] == "Wali Kota"
    assert made.sandbox_until > timezone.now()
    with region_context(region):
        admin = User.objects.get()
        assert admin.email == "admin@jogjakota.go.id"
        assert [row.role for row in Membership.objects.all()] == ["admin"]
        assert admin.has_perm("console.access")
        assert Area.objects.filter(kind="district").count() == 14
        assert Area.objects.filter(kind="village").count() == 45
        assert Agency.objects.count() > 30
        assert {2026, 2027} <= {day.date.year for day in Holiday.objects.all()}


def test_region_role_reads_its_own_schema_and_nothing_else(made: Region) -> None:
    region = directory.by_schema(made.schema_name)
    with region_context(region), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_user")
        for forbidden in (
            "SELECT * FROM shared.accounts_user",
            "SELECT * FROM shared.tenants_region",
            "UPDATE audit_entry SET action = ''",
            "DELETE FROM audit_entry",
            "CREATE TABLE mine (id int)",
        ):
            with pytest.raises(Exception, match="permission denied"):
                cursor.execute(forbidden)


def test_second_region_of_the_same_code_is_refused(made: Region) -> None:
    with pytest.raises(ValidationError, match=r"34\.71|sudah|already|Yogyakarta"):
        open_region(code="34.71", slug="jogja", email="lain@jogjakota.go.id", preset="kota")


def test_race_for_a_code_ends_with_one_region_and_an_explained_failure(made: Region) -> None:
    opening = Opening.objects.create(
        code="34.71", slug="jogja-istimewa", email="b@jogjakota.go.id", preset="kota",
        state=OpeningState.RUNNING, verified_at=timezone.now(), approved_at=timezone.now(),
    )  # fmt: skip
    done = engine.advance(opening)
    assert done.state == OpeningState.FAILED
    assert _left_of("r_jogja_istimewa") == (0, 0, 0)
    failed = done.steps.get(state=StepState.FAILED)
    assert (failed.name, failed.attempts) == ("schema", 1)
    assert failed.error == steps.explain(steps.birth.TakenError())
    opening.delete()


def test_wrong_structure_leaves_nothing(made: Region) -> None:
    release = Release.objects.latest("created_at")
    sound = release.sql
    Release.objects.filter(pk=release.pk).update(
        sql=sound
        + f"ALTER TABLE {steps.birth.release.dump.PLACE}.accounts_user ADD COLUMN odd int;\n"
    )
    try:
        with pytest.raises(OpeningError):
            open_region(**CITY)
    finally:
        Release.objects.filter(pk=release.pk).update(sql=sound)
    assert _left_of("r_bandung") == (0, 0, 0)
    assert open_region(**CITY).state == "sandbox"
    _remove("r_bandung")


@pytest.mark.parametrize("name", NAMES)
def test_d07_killed_at_every_step(name: str, made: Region) -> None:
    _kill_in_child(name, "before")
    opening = Opening.objects.get(slug="bandung")
    _assert_left_whole(opening, name, made)
    _kill_in_child(name, "inside")  # it goes on where the first one died, and dies in the work
    _assert_left_whole(opening, name, made)
    assert opening.steps.get(name=name).attempts == 2

    _age(opening)
    assert opening in services.stalled()
    assert open_region(**CITY).state == "sandbox"
    assert set(opening.steps.values_list("state", flat=True)) == {StepState.DONE}
    with region_context(directory.by_schema("r_bandung")):
        from balai.accounts.models import User
        from balai.directory.models import Area

        assert User.objects.count() == 1
        assert Area.objects.filter(kind="district").count() == 30
    _remove("r_bandung")


def test_d07_client_killed_inside_the_message_leaves_nothing_or_all(made: Region) -> None:
    for delay in (0.0, 0.02, 0.05, 0.1, 0.2):
        child = _fork("none", "never")
        _wait_for_opening()
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        _wait_until_the_server_noticed()
        assert len(set(_left_of("r_bandung"))) == 1, "half a region"
        _remove("r_bandung")


def test_two_engines_on_one_opening_do_each_step_once(made: Region) -> None:
    opening = services._order("32.73", "bandung", "admin@bandung.go.id", "kota", None)
    other = psycopg2.connect(**{k: v for k, v in connection.get_connection_params().items()
                                if k != "cursor_factory"})  # fmt: skip
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [engine.LOCK, opening.pk])
        assert engine.advance(opening).state == OpeningState.RUNNING
        assert set(opening.steps.values_list("attempts", flat=True)) == {0}
    other.close()
    assert engine.advance(opening).state == OpeningState.DONE
    assert set(opening.steps.values_list("attempts", flat=True)) == {1}
    _remove("r_bandung")


def test_steps_may_run_twice(made: Region) -> None:
    from balai.directory.models import Agency, Area

    opening = Opening.objects.get(slug="yogyakarta")
    region = directory.by_schema(made.schema_name)
    with region_context(region):
        before = Agency.objects.count(), Area.objects.count()
    for name in NAMES[1:]:
        steps.run(name, opening)
    with region_context(region):
        assert (Agency.objects.count(), Area.objects.count()) == before


def test_birth_needs_few_statements(made: Region, django_assert_max_num_queries) -> None:
    from django.db import transaction

    opening = Opening(code="32.73", slug="bandung", email="a@b.go.id", preset="kota")
    with transaction.atomic():
        with django_assert_max_num_queries(5):  # release, cell, key, login, the message
            give_birth(opening)
        transaction.set_rollback(True)
    assert _left_of("r_bandung") == (0, 0, 0)


def _kill_in_child(name: str, moment: str) -> None:
    child = _fork(name, moment)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    _wait_until_the_server_noticed()


def _fork(name: str, moment: str) -> int:
    connections.close_all()  # a connection must not live in two processes
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads elsewhere do not matter
        child = os.fork()
    if child == 0:
        try:
            dying.main(name, moment)
        finally:
            os._exit(1)
    return child


def _assert_left_whole(opening: Opening, name: str, made: Region) -> None:
    before = NAMES[: NAMES.index(name)]
    done = opening.steps.filter(state=StepState.DONE).values_list("name", flat=True)
    assert list(done) == before
    assert _left_of("r_bandung") == ((0, 0, 0) if name == "schema" else (1, 1, 1))
    assert _left_of(made.schema_name) == (1, 1, 1)


def _age(opening: Opening) -> None:
    long_ago = timezone.now() - services.STALLED_AFTER
    Step.objects.filter(opening=opening).update(started_at=long_ago)
    Opening.objects.filter(pk=opening.pk).update(requested_at=long_ago)


def _wait_for_opening() -> None:
    for _ in range(600):
        if Opening.objects.filter(slug="bandung").exists():
            return
        time.sleep(0.01)
    raise AssertionError("the child never began")


def _wait_until_the_server_noticed() -> None:
    """A killed client's last message may still run; its backend ends after it."""
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.01)
    raise AssertionError("the dead client's session is still there")
