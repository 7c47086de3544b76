"""The whole platform on one machine, with two cities one can walk through."""
