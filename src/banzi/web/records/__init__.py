"""The tables of people, teams and roster as models, and rosters frozen from them."""
