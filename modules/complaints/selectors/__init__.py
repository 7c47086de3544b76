"""Everything that reads. Pages of lists cost the same number of queries however long they are."""
