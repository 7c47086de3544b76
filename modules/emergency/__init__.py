"""Emergency calls (112): taken, dispatched, followed to the end; and alerts to the public."""
