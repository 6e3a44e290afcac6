"""Filters of the pages of queries."""
