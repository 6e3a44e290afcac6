"""Answers about a plan: what if, why, why not, what clashes, what next; exact wherever it says so.

A question frees a few posts and holds the rest of the plan (`block`); the few are then searched to
the end (`searching`). Freeing every post asks about the whole problem. Each answer says how far it
is proven. Not here: finding plans (`solving`), bounds of whole problems.
"""
