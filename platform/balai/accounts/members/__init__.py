"""Who has which role at which agency: an app of its own because the shared schema has neither."""
