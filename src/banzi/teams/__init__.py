"""The vocabulary of organs, teams and posts: what there is to lead, and who sat where, when.

Declarations only, as in `people`.
"""

from banzi.teams.tables import ORGANS, POST_TEAMS, POSTS, SEATS, TEAMS

TABLES = (ORGANS, TEAMS, POSTS, POST_TEAMS, SEATS)

__all__ = ["ORGANS", "POSTS", "POST_TEAMS", "SEATS", "TABLES", "TEAMS"]
