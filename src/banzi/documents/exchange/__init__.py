"""Packages between offices: the part of a roster an office may give, and taking one in."""
