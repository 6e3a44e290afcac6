from django.apps import AppConfig


class QueriesConfig(AppConfig):
    name = "banzi.web.queries"
    label = "queries"
