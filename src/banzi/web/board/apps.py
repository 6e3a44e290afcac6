"""What the framework asks of this package."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "banzi.web.board"
    label = "board"

    def ready(self) -> None:
        from banzi.web.audit.verifying import FURTHER_CHECKS
        from banzi.web.board.signing import signed_flaws

        if signed_flaws not in FURTHER_CHECKS:
            FURTHER_CHECKS.append(signed_flaws)
