"""The staffing optimiser beside generic solvers: drawn problems, the same rows for all, honest tables.

Problems come from a seeded generator with a plan hidden inside (`drawing`, `wishes`, `instances`);
`export` writes the rows of our own model as bare arrays; the solvers in `peers` read nothing else,
each in an environment of its own. See benchmarks/README.md.
"""
