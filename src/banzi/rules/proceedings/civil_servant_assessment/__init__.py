"""Rules on assessing civil servants (KH)."""
