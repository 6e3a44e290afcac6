"""Acts: every write, by whom and why, chained; and the log of who read what."""
