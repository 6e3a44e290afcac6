"""The problem as one system of whole-number rows in arrays: what every search and proof reads.

`rows` says what the arrays mean and judges a plan by them, `assembling` builds them from a
problem. Nothing here searches or proves.
"""
