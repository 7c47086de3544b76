"""Every write of the module."""
