"""Everything that writes. Each function is one transaction, checks rights and leaves a trace."""
