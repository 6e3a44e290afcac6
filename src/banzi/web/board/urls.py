"""Addresses of projects, drafts and what is done to them."""

from django.urls import path

from banzi.web.board import (
    views,
    views_clash,
    views_decide,
    views_export,
    views_move,
    views_papers,
    views_project,
    views_sealing,
    views_sign,
)

urlpatterns = [
    path("", views_project.projects, name="board"),
    path("new/", views_project.create, name="board-new"),
    path("<int:number>/", views_project.project, name="board-project"),
    path("<int:number>/draft/", views_project.add_draft, name="board-add-draft"),
    path("<int:number>/stage/", views_sealing.set_stage, name="board-stage"),
    path("<int:number>/reader/", views_sealing.set_reader, name="board-reader"),
    path("<int:number>/compare/", views_project.compare, name="board-compare"),
    path("draft/<int:number>/", views.board, name="board-draft"),
    path("draft/<int:number>/post/<str:post_id>/", views.post_panel, name="board-post"),
    path("draft/<int:number>/person/<str:person_id>/", views.person_panel, name="board-person"),
    path("draft/<int:number>/find/", views.find, name="board-find"),
    path("draft/<int:number>/why/", views.why, name="board-why"),
    path("draft/<int:number>/move/", views_move.move, name="board-move"),
    path("draft/<int:number>/undo/", views_move.undo_step, name="board-undo"),
    path("draft/<int:number>/wish/", views_move.set_wish, name="board-wish"),
    path("draft/<int:number>/solve/", views_move.start_solving, name="board-solve"),
    path("draft/<int:number>/paper.<str:ending>", views_export.paper, name="board-export"),
    path("draft/<int:number>/clash/<str:job_id>/", views_clash.clash, name="board-clash"),
    path(
        "draft/<int:number>/clash/<str:job_id>/take/", views_clash.take_way, name="board-give-way"
    ),
    path("draft/<int:number>/sign/", views_sign.sign, name="board-sign"),
    path("draft/<int:number>/decision/", views_decide.decide, name="board-decide"),
    path("draft/<int:number>/papers/", views_papers.papers, name="board-papers"),
    path(
        "draft/<int:number>/papers/<str:job_id>/all.zip",
        views_papers.papers_zip,
        name="board-papers-zip",
    ),
    path(
        "draft/<int:number>/papers/<str:job_id>/<int:place>/",
        views_papers.paper,
        name="board-paper",
    ),
]
