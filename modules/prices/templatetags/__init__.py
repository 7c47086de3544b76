"""Tags of the prices pages."""
