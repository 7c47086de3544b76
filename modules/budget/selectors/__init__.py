"""Every read of the module."""
