"""Addresses: organs, teams and posts as pages; tables of figures with the names behind them."""

from django.urls import path

from banzi.web.organs import figures, views, views_post

urlpatterns = [
    path("organs/", views.tree, name="organs"),
    path("organs/quotas/", views.quotas, name="organ-quotas"),
    path("organs/<str:organ_id>/", views.organ, name="organ"),
    path("teams/", views.teams, name="teams"),
    path("teams/compare/", views.compare, name="team-compare"),
    path("teams/<str:team_id>/", views.team, name="team"),
    path("teams/<str:team_id>/ahead/", views.ahead, name="team-ahead"),
    path("teams/<str:team_id>/bench/", views.bench, name="team-bench"),
    path("teams/<str:team_id>/paper.<str:ending>", figures.team_paper, name="team-paper"),
    path("posts/same/", views.same_post, name="same-post"),
    path("posts/<str:post_id>/", views_post.post, name="post"),
    path("areas/", views.areas, name="areas"),
    path("figures/", figures.index, name="figures"),
    path("figures/<str:table_id>/", figures.table, name="figure-table"),
    path("figures/<str:table_id>/behind/", figures.behind, name="figures-behind"),
    path("figures/<str:table_id>/paper.<str:ending>", figures.paper, name="figure-paper"),
]
