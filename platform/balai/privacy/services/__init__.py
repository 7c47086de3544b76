"""Everything that changes requests, deletions, breaches and holds."""
