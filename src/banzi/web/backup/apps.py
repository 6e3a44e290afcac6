from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "banzi.web.backup"
    label = "backup"
