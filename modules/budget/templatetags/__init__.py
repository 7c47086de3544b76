"""Tags and filters of the module."""
