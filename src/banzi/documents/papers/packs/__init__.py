"""Packs for a meeting: agenda, list, forms, ballots and what is missing, in one numbered folder."""
