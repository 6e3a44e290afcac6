"""The lists of prohibitions in a change of term (HJ)."""
