"""Proven upper bounds of each tier, reckoned beside the search.

`multipliers` turns any guess at prices of rows and persons into a bound that holds, in whole
numbers; `relaxing` makes good guesses with a linear programme, `generating` better ones block by
block. Where proof gets near, plans fall out of it (`renewing` by `diving`, `deepening`).
"""
