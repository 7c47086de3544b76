"""The console's pages of the directory: they parse, call a service or selector, and render."""
