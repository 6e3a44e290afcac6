"""What the framework asks of this package."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "banzi.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        from banzi.web.accounts.constraints import constraint_triggers, install_constraints
        from banzi.web.accounts.sessions import watch_sessions
        from banzi.web.audit.triggers import FURTHER_TRIGGERS

        watch_sessions()
        if constraint_triggers not in FURTHER_TRIGGERS:
            FURTHER_TRIGGERS.append(constraint_triggers)
        post_migrate.connect(
            install_constraints, sender=self, dispatch_uid="banzi.accounts.constraints"
        )
