"""Writing: typing prices in, verifying, publishing, correcting."""
