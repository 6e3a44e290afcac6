"""What every other package stands on: dates with precision, three-valued logic, messages, progress.

Nothing here knows what an official, a rule or a plan is.
"""
