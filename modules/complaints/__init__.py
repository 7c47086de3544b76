"""Reports of citizens (LAKSA): from a broken street lamp to its repair, in the open."""
