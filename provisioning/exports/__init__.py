"""Everything of one region in one signed archive: made, handed out, taken in elsewhere."""
