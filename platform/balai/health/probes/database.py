"""PostgreSQL: the one thing that nothing works without."""

from django.db import Error, connection

from balai import context
from balai.health.probes.probe import Probe, Status


def database() -> Probe:
    """Ask PostgreSQL for its version and whether an acknowledgement is on the disk.

    ``synchronous_commit = off`` lost 146 of 54,094 acknowledged rows under kill -9: that is down.
    """
    try:
        with context.platform(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version'), current_setting('synchronous_commit')"
            )
            version, synchronous = cursor.fetchone()
    except Error as error:
        return Probe(Status.DOWN, {"error": type(error).__name__})
    status = Status.DOWN if synchronous == "off" else Status.OK
    return Probe(status, {"version": version, "synchronous_commit": synchronous})
