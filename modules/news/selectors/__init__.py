"""Read: what is out, what editors have before them, what changed between two versions."""
