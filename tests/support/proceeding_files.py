"""Where the module and the cases of a rule about a proceeding stand."""

from __future__ import annotations

from banzi.rules.proceedings import Proceeding


def file_of(rule: Proceeding) -> str:
    document, article, slug = rule.id.replace("-", "_").split("/")
    number = (
        article
        if article == "na"
        else "_".join(
            f"{int(part):03}" if place == 0 else part
            for place, part in enumerate(article.split("."))
        )
    )
    return f"{document}/art_{number}_{slug}"
