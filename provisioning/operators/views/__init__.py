"""The pages under /operations/."""
