"""A region's life after its opening: the one door for its states, clocks, notices, its ending."""
