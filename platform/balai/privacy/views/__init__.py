"""Pages of personal data rights."""
