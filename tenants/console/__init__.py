"""The console's pages for modules and words."""
