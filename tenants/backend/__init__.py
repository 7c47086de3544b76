"""The database engine ``tenants.backend``: every statement carries its region (ADR 0002)."""
