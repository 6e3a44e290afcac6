"""The team in years to come if nobody moves: who leaves when and why, what is left, who could follow.

A forecast counts; it predicts nobody's wish, health or promotion. Every departure rests on a clause
or on an office's own limit, and what is not known is listed, not guessed.
"""
