"""A region's own domains: proof, daily check, primary host, certificates (I-04)."""
