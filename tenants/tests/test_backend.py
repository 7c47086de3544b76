"""Every way to a statement carries the active region, or is refused."""

import io

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from psycopg2 import sql

from balai import context
from balai.context import NoRegionError, platform, region_context
from tenants.backend.migrating import migrating

ALIAS = "scratch"


def ask(connection, query, parameters=None):
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchone()[0]


def cities(connection) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT city FROM canary")
        return {row[0] for row in cursor.fetchall()}


@pytest.fixture
def who(scratch):
    """Return a function that asks PostgreSQL for role, schema and session user."""

    def ask_server() -> tuple[str, ...]:
        with scratch.cursor() as cursor:
            cursor.execute("SELECT current_user, current_schema(), session_user")
            return cursor.fetchone()

    return ask_server


def test_nothing_is_sent_without_a_context(scratch) -> None:
    assert context.current() is None
    with scratch.cursor() as cursor:
        for refused in (
            lambda: cursor.execute("SELECT 1"),
            lambda: cursor.executemany("SELECT %s", [(1,)]),
            lambda: cursor.callproc("version"),
            lambda: cursor.copy_expert("COPY (SELECT 1) TO STDOUT", io.StringIO()),
            lambda: cursor.copy_to(io.StringIO(), "canary"),
            lambda: cursor.execute("COMMIT; SELECT 1"),
            lambda: cursor.execute("VACUUM"),
        ):
            with pytest.raises(NoRegionError):
                refused()
    with pytest.raises(NoRegionError):
        scratch.chunked_cursor().execute("SELECT 1")


def test_a_region_is_its_role_and_its_schema_alone(scratch, a, b, who) -> None:
    with region_context(a):
        assert who() == (a.role, a.schema, "balai")
        assert ask(scratch, "SHOW search_path") == a.schema
        with region_context(b):
            assert who() == (b.role, b.schema, "balai")
        assert who() == (a.role, a.schema, "balai")
    with platform():
        assert who() == ("balai", "shared", "balai")


def test_i05_another_schema_is_permission_denied(scratch, a, b) -> None:
    with region_context(a):
        for name in (f"{b.schema}.canary", "shared.operators"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                ask(scratch, f"SELECT count(*) FROM {name}")
        with pytest.raises(ProgrammingError, match="does not exist"):
            ask(scratch, "SELECT count(*) FROM operators")


def test_a_region_may_not_change_its_structure(scratch, a) -> None:
    with region_context(a):
        for statement in (
            "CREATE TABLE x ()",
            "DROP TABLE canary",
            "TRUNCATE canary",
            "UPDATE audit_entry SET id = 1",
            "DELETE FROM audit_entry",
            "INSERT INTO django_migrations VALUES (1)",
        ):
            with pytest.raises(ProgrammingError), scratch.cursor() as cursor:
                cursor.execute(statement)
        with scratch.cursor() as cursor:
            cursor.execute("INSERT INTO audit_entry VALUES (1)")
            cursor.execute("SELECT count(*) FROM django_migrations")


def test_migrating_is_the_owner_in_one_schema(scratch, a, who) -> None:
    for region in (a, a.schema):
        with migrating(region) as owner, transaction.atomic(using=ALIAS):
            assert isinstance(owner, context.Region)
            assert who() == ("balai", a.schema, "balai")
            with scratch.cursor() as cursor:
                cursor.execute("CREATE TABLE made ()")
            assert "made" in scratch.introspection.table_names()
            transaction.set_rollback(True, using=ALIAS)
    assert context.current() is None


def test_rollback_to_a_savepoint_takes_back_settings_not_the_region(scratch, a, b) -> None:
    with region_context(a), transaction.atomic(using=ALIAS):
        try:
            with transaction.atomic(using=ALIAS), region_context(b):
                assert cities(scratch) == {b.schema}
                ask(scratch, "SELECT 1/0")
        except Exception as error:
            assert "division by zero" in str(error)
        assert cities(scratch) == {a.schema}


def test_the_session_itself_stays_blind(scratch, a) -> None:
    with region_context(a):
        assert cities(scratch) == {a.schema}
    from tenants.backend.cursor import PlainCursor

    with scratch.connection.cursor(cursor_factory=PlainCursor) as plain:
        plain.execute("SELECT current_user, current_setting('search_path')")
        assert plain.fetchone() == ("balai", "pg_catalog")
        with pytest.raises(Exception, match="does not exist"):
            plain.execute("SELECT * FROM canary")


@pytest.mark.parametrize("in_transaction", [True, False], ids=["atomic", "autocommit"])
def test_named_cursors(scratch, a, b, in_transaction) -> None:
    def read() -> set[str]:
        cursor = scratch.chunked_cursor()
        cursor.execute("SELECT city FROM canary WHERE city LIKE %s AND id > %s", ["r%", 2])
        first = cursor.fetchmany(2)
        with region_context(b):
            rest = cursor.fetchall()
        cursor.close()
        assert len(first) + len(rest) == 7
        return {row[0] for row in first + rest}

    with region_context(a):
        if in_transaction:
            with transaction.atomic(using=ALIAS):
                assert read() == {a.schema}
        else:
            assert read() == {a.schema}


def test_named_cursors_have_names_nobody_can_guess(scratch, a) -> None:
    with region_context(a):
        name = scratch.chunked_cursor().cursor.name
    assert scratch._cursor_token in name
    assert len(scratch._cursor_token) == 16


def test_executemany_counts_all_rows(scratch, a) -> None:
    with region_context(a), transaction.atomic(using=ALIAS), scratch.cursor() as cursor:
        cursor.executemany("UPDATE canary SET city = city WHERE id <= %s", [(2,), (3,)])
        assert cursor.rowcount == 5
        cursor.execute("SELECT 1")
        assert cursor.rowcount == 1


def test_callproc(scratch, a, b) -> None:
    with region_context(b), scratch.cursor() as cursor:
        assert cursor.callproc("who", ["!"]) == ["!"]
        assert cursor.fetchone() == (f"{b.schema}!",)
        cursor.cursor.callproc("who", {"suffix": "?"})
        assert cursor.fetchone() == (f"{b.schema}?",)


def test_copy_in_and_out(scratch, a, b) -> None:
    out, table = io.StringIO(), io.StringIO()
    with region_context(a), transaction.atomic(using=ALIAS), scratch.cursor() as cursor:
        cursor.copy_from(io.StringIO("100;%x\n"), "canary", sep=";", columns=("id", "city"))
        cursor.copy_expert(sql.SQL("COPY (SELECT city FROM canary) TO STDOUT"), out)
        cursor.copy_to(table, "canary", sep="|", columns=("city", "id"))
        transaction.set_rollback(True, using=ALIAS)
    assert set(out.getvalue().split()) == {a.schema, "%x"}
    assert "%x|100\n" in table.getvalue()


def test_statements_may_be_bytes_or_composed(scratch, a) -> None:
    with region_context(a):
        assert ask(scratch, b"SELECT city FROM canary") == a.schema
        assert ask(scratch, sql.SQL("SELECT city FROM {}").format(sql.Identifier("canary")))
        assert ask(scratch, "-- why\n/* because */ SELECT '%%' || %s", ["x"]) == "%x"
        assert ask(scratch, "SELECT '%'") == "%"


def test_a_transaction_can_still_be_serializable(scratch, a) -> None:
    with region_context(a), transaction.atomic(using=ALIAS), scratch.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
        assert ask(scratch, "SHOW transaction_isolation") == "serializable"


def test_table_lists_are_of_one_schema(scratch, a) -> None:
    with region_context(a):
        tables = set(scratch.introspection.table_names())
    assert tables == {"canary", "audit_entry", "django_migrations"}
    with platform():
        assert scratch.introspection.table_names() == ["operators"]


def test_health_checks_need_no_region(scratch, a) -> None:
    with region_context(a):
        assert cities(scratch)
    assert context.current() is None
    assert scratch.is_usable()
    scratch.close()
    scratch.connect()
