"""Rules of the regulations on elections of local Party organisations (LE)."""
