"""The app: the auditor's pages."""

from django.apps import AppConfig


class AuditingConfig(AppConfig):
    name = "banzi.web.auditing"
    label = "auditing"
