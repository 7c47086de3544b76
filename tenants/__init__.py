"""Regions: the directory, the database backend that keeps them apart, their modules."""
