"""Pages. Views parse, call and render; rules live in services, workflow and access."""
