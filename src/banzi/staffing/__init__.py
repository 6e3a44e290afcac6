"""Who goes where: the problem bundle, its rows, the plan, and the referee.

Law has become data before it reaches this package: rules decided which pairs exist, recusal
became exclusions, structure became targets. Interface: docs/reference, "problem bundle and plan".
"""
