"""A seeded, invented prefecture, written out as the files an office would have; never a real person.

Same seed, same bytes. Names of places, organs, schools and people are made up; ID numbers carry a
division code that was never issued (99…), so that no number can belong to anybody.
"""
