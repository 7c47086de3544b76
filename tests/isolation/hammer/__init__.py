"""I-05: many threads, many cities, every way to a statement; nobody may see another city."""
