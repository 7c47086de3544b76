"""Open regions the way django-tenants does: CREATE SCHEMA, then migrate. Prints seconds each.

A process of its own, because Django knows one database backend per process.
"""

import json
import sys
import time

import django


def main(count: int, first: int) -> None:
    """Create ``count`` schemas from number ``first`` on."""
    django.setup()
    from tenants.models import Region

    spent = []
    for number in range(first, first + count):
        region = Region(schema_name=f"stock_{number}", slug=f"stock-{number}")
        began = time.perf_counter()
        region.create_schema(check_if_exists=True, sync_schema=True, verbosity=0)
        spent.append(time.perf_counter() - began)
    sys.stdout.write(json.dumps(spent))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
