"""Organs, teams and posts as pages; tables of figures with the names behind them."""
