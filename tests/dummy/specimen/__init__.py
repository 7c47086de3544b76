"""A module that uses every extension point: the specification of the module contract."""
