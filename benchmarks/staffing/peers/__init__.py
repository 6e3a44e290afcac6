"""Solvers that are only compared with, each a program of its own that needs numpy and its solver.

`python -m benchmarks.staffing.peers.highs ROWS.npz OUT.json SECONDS THREADS SEED KNOWN`, and so on; never
part of the program.
"""
