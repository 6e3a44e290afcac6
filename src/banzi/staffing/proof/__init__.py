"""Proven upper bounds of each tier, reckoned beside the search.

`multipliers` turns any guess at prices of rows and persons into a bound that holds, in whole
numbers; `relaxing` makes good guesses with a linear programme. Nothing here looks for plans.
"""
