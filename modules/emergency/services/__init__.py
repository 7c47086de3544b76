"""Everything that writes. Each function is one transaction; what it returns is committed."""
