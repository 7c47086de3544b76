"""City news: what the city tells, checked by a second person, in words and pictures."""
