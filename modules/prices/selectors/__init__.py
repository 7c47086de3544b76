"""Reading: goods and ceilings, what was published, the public table, the desk's overview."""
