"""How statements are told apart, and names that could break out of the prefix."""

import pytest

from balai.context import PLATFORM, NoRegionError, activate, deactivate
from tenants import roles
from tenants.backend.statements import Kind, kind, prefix, settings_for


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT 1", Kind.CARRIED),
        ("insert into x values (1)", Kind.CARRIED),
        ("WITH a AS (SELECT 1) SELECT * FROM a", Kind.CARRIED),
        ("SET CONSTRAINTS ALL IMMEDIATE", Kind.BARE),
        ("SET search_path = r_b", Kind.CARRIED),
        ("CREATE INDEX x ON y (z)", Kind.CARRIED),
        ('SAVEPOINT "s1"', Kind.BARE),
        ('RELEASE SAVEPOINT "s1"', Kind.BARE),
        ('ROLLBACK TO SAVEPOINT "s1"', Kind.BARE),
        ("  -- note\n rollback;", Kind.BARE),
        ("COMMIT", Kind.BARE),
        ("COMMIT; SELECT * FROM r_b.users", Kind.CARRIED),
        ("BEGIN; DELETE FROM x", Kind.CARRIED),
        ("ENDOW", Kind.CARRIED),
        ('CREATE DATABASE "x"', Kind.BARE),
        ("CREATE INDEX CONCURRENTLY x ON y (z)", Kind.ALONE),
        ("create unique index concurrently x on y (z)", Kind.ALONE),
        ("DROP INDEX CONCURRENTLY IF EXISTS x", Kind.ALONE),
        ("REINDEX INDEX CONCURRENTLY x", Kind.ALONE),
        ("/* nightly */ VACUUM (ANALYZE) y", Kind.ALONE),
        ("ALTER TABLE a DETACH PARTITION b CONCURRENTLY", Kind.ALONE),
    ],
)
def test_kinds(query: str, expected: Kind) -> None:
    assert kind(query) is expected


@pytest.mark.parametrize("name", ['r_a"; DROP', "R_A", "r a", "", "r_%s", "1a", "a" * 64, "a\n"])
def test_names_that_are_not_plain_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        settings_for(name, "r_a")
    with pytest.raises(ValueError, match="no name"):
        settings_for("r_a", name)


def test_prefix_without_a_context_is_an_error() -> None:
    with pytest.raises(NoRegionError):
        prefix()
    token = activate(PLATFORM)
    try:
        assert prefix() == 'SET LOCAL ROLE NONE; SET LOCAL search_path = "shared"; '
    finally:
        deactivate(token)


def test_role_names_are_short_and_never_shared_between_databases() -> None:
    long = "r_" + "a" * 60
    names = {
        roles.role_name(db, schema) for db in ("a", "b") for schema in (long, long[:-1], "r_x")
    }
    assert len(names) == 6
    assert max(map(len, names)) <= 63


def test_grants_fit_the_server() -> None:
    """PostgreSQL 15 knows no options here; its login role is NOINHERIT itself."""
    old = roles.create_role_sql("r_a_1", login="balai", server_version=150004)
    new = roles.create_role_sql("r_a_1", login="balai", server_version=180006)
    assert 'GRANT "r_a_1" TO "balai";' in old
    assert 'GRANT "r_a_1" TO "balai" WITH INHERIT FALSE, SET TRUE;' in new
    assert "NOLOGIN" in old
