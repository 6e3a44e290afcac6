"""What stands beside the counts: evidence about each member, and customs that a plan would change.

Counts alone tell little (systems.md rows 16 and 19). Nothing here scores anybody: rows on record are
counted, what is missing is named, and a change of custom is shown to whoever decides.
"""
