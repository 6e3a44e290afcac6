"""Tables of figures about teams: quota against actual, and what a team is made of by bands.

Every figure is a count of persons (or a mean or share of one) that names the persons and posts
behind it. Values that are not known stand in columns of their own. Not here: targets and the
outcome paragraph (`structure`), how a table looks on paper (`documents.papers`).
"""
