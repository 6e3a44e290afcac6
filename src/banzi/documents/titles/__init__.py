"""Titles as written (现任职务, résumé lines) read as organ, post and level: guesses, never facts.

A guess says how sure it is and why, and waits in the list of questions until a person takes it,
corrects it or turns it down. Order of rows never matters: what two organs could answer to is
ambiguous, whichever comes first.
"""
