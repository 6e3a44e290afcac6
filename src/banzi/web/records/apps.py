from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "banzi.web.records"
    label = "records"
