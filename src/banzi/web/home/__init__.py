"""The first page, what falls due, doubts about the data."""
