"""A nation's cadres: thirty rules over seven million made-up persons, by ours and by other engines.

The rules are data (`question`); every engine turns the same data into its own language, and all
must return the same verdicts. See benchmarks/README.md.
"""
