"""The application: organs, teams and posts as pages; tables of figures with the names behind them."""

from django.apps import AppConfig


class OrgansConfig(AppConfig):
    name = "banzi.web.organs"
    label = "organs"
