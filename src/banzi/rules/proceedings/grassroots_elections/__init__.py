"""Rules of the regulations on elections of grassroots Party organisations (GE)."""
