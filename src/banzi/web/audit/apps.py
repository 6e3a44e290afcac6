from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "banzi.web.audit"
    label = "audit"

    def ready(self) -> None:
        from banzi.web.audit.triggers import install_triggers

        post_migrate.connect(install_triggers, dispatch_uid="banzi.audit.triggers")
