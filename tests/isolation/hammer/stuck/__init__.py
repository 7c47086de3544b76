"""The control of the cells: our backend, made to stay in the first database."""
