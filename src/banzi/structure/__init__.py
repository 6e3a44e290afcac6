"""What a team is made of: conditions, targets, indicators with the names behind them, the report.

Local choice as data: a department writes targets, this package measures them. Nothing here judges
one person, and nothing here chooses; `rules` and `staffing` do.
"""
