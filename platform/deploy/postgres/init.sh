#!/bin/sh
# Runs once in the postgres container, when its volume is empty.
set -eu
psql -v ON_ERROR_STOP=1 -v password="'$(cat /run/secrets/database_password)'" \
    --username "$POSTGRES_USER" -f /docker-entrypoint-initdb.d/role.sql.txt
