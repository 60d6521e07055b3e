"""One file for each change of the tables, each in the order of its number."""
