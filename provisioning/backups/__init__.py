"""One region's tables in one encrypted file: made while it runs, tried out, put back."""
