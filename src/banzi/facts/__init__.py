"""Derived facts: what follows from a roster about a person at a date, before any rule is asked."""
