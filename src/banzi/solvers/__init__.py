"""Integer rows with names: search, prove, order goals, find what clashes.

The only door to HiGHS. Nothing here knows what an official, a post or a law is; packages above
build a `System`, say which linear forms to maximise, and read whole numbers back.
"""
