"""Every address of the site; each package says its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("banzi.web.shared.urls")),
    path("", include("banzi.web.accounts.urls")),
    path("people/", include("banzi.web.people.urls")),
    path("", include("banzi.web.organs.urls")),
    path("", include("banzi.web.rulebook.urls")),
    path("", include("banzi.web.home.urls")),
    path("audit/", include("banzi.web.auditing.urls")),
    path("backup/", include("banzi.web.backup.urls")),
    path("queries/", include("banzi.web.queries.urls")),
    path("board/", include("banzi.web.board.urls")),
    path("start/", include("banzi.web.guide.urls")),
    path("imports/", include("banzi.web.imports.urls")),
    path("exchange/", include("banzi.web.exchange.urls")),
    path("", include("banzi.web.api.urls")),
    path("jobs/", include("banzi.web.jobs.urls")),
]
