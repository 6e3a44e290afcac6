"""Rules of the organisation law of local congresses and governments (OL)."""
