"""What a region may use, what it owes, and how it pays. It never sets a region's state itself."""
