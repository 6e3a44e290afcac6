"""Columns that hold a time in months, by name, and the one of them that is an age.

Targets and bundles may bring columns that no table declares; their names are all there is to go by.
"""

AGE_MONTHS = "age_months"
"""The age of a person: told in 岁, any other time in 年."""
_ENDING = "_months"


def is_time(column: str) -> bool:
    """Whether a column counts months."""
    return column.endswith(_ENDING)
