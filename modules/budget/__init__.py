"""The region's budget (APBD): where the money goes, and how much of it is spent."""
