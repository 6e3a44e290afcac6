from django.apps import AppConfig


class OrgansConfig(AppConfig):
    name = "banzi.web.organs"
    label = "organs"
