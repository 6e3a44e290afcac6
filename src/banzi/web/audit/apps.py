"""What the framework asks of this package: triggers are made anew after each migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "banzi.web.audit"
    label = "audit"

    def ready(self) -> None:
        from banzi.web.audit.triggers import install_triggers

        # Sent once, after every migration has run: each table is there by then.
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="banzi.audit.triggers")
