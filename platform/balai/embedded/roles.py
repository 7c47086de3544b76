"""The role that the application signs in as, and its database."""

from psycopg2 import extensions, sql

ROLE = "balai"
DATABASE = "balai"


def ensure(connection: extensions.connection, password: str) -> None:
    """Make the application's role and database, or put them right.

    The role is no superuser: PostgreSQL itself denies it what a region's role may not read.
    NOINHERIT: it holds a region's rights only after SET ROLE.

    Args:
        connection: a superuser's, in autocommit.
        password: the role's password.
    """
    rights = sql.SQL(
        "LOGIN NOSUPERUSER NOREPLICATION NOBYPASSRLS CREATEDB CREATEROLE NOINHERIT PASSWORD {}"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        command = sql.SQL(verb) + sql.SQL(" ROLE {} ").format(sql.Identifier(ROLE))
        cursor.execute(command + rights.format(sql.Literal(password)))
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.fetchone():
            make = sql.SQL("CREATE DATABASE {} OWNER {}")
            cursor.execute(make.format(sql.Identifier(DATABASE), sql.Identifier(ROLE)))


def setting(connection: extensions.connection, name: str) -> str:
    """Return a server setting's value."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        row = cursor.fetchone()
    return str(row[0]) if row else ""
