"""A roster: people and teams frozen at a date, as an immutable folder of tables.

Raw facts only; what follows from them (tenures, verdicts, indicators) is derived elsewhere each
time it is asked for.
"""

from banzi.roster.roster import TABLES, Roster, load_roster, save_roster

__all__ = ["TABLES", "Roster", "load_roster", "save_roster"]
