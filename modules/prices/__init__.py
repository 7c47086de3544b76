"""Staple prices: asked in the markets every day, checked, published, compared."""
