"""Cells: the databases that regions live in, placed by rule, moved with their writes paused."""
