"""Good plans fast: incremental local search on the rows, and exact polish of blocks of teams.

Knows rows and arcs, not law, roster or files. What it finds is a plan, never a proof.
"""
