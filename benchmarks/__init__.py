"""Timed problems with fixed seeds, so that "fast" and "slow" are numbers with a date.

Not tests: nothing here passes or fails, and pytest does not collect it.
"""
