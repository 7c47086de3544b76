"""Leaving: the way out of a region's life, from its last export to the certificate of erasure."""
