"""Co-operating institutions: police, army, utilities, commissions; one case for one of them."""
