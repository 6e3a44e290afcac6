"""The application `backup` as Django knows it."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "banzi.web.backup"
    label = "backup"
