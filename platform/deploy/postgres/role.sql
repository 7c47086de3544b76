-- The application's role and database, once, as a superuser:
--   psql -v password="'...'" -f role.sql
-- NOSUPERUSER: PostgreSQL itself then denies one region's role the others' tables.
-- NOINHERIT: the rights of a region's role count only after SET ROLE.
-- CREATEROLE, CREATEDB: a region has a role of its own; releases are built in a database apart.
CREATE ROLE balai LOGIN NOSUPERUSER NOINHERIT CREATEDB CREATEROLE PASSWORD :password;
CREATE DATABASE balai OWNER balai ENCODING 'UTF8' TEMPLATE template0;
-- An acknowledged report is on the disk; Balai does not start otherwise.
ALTER ROLE balai SET synchronous_commit = 'on';
