"""Pages of the public site, the wizard and the console's home."""
