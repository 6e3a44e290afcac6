"""Addresses of the pages about persons."""

from django.urls import path

from banzi.web.people import (
    picking,
    views_edit,
    views_file,
    views_fitness,
    views_list,
    views_papers,
    views_proposals,
)

urlpatterns = [
    path("", views_list.people, name="people"),
    path("pick/", picking.pick, name="people-pick"),
    path("export/", views_list.export, name="people-export"),
    path("lists/save/", views_list.save_list, name="people-save-list"),
    path("lists/<int:number>/remove/", views_list.remove_list, name="people-remove-list"),
    path("proposals/", views_proposals.proposals, name="people-proposals"),
    path("proposals/<int:number>/", views_proposals.decide, name="people-decide"),
    path(
        "proposals/<int:number>/effect/",
        views_proposals.proposal_effect,
        name="people-proposal-effect",
    ),
    path("second-person/", views_proposals.second_person, name="people-second-person"),
    path("person/<str:person_id>/", views_file.person, name="person"),
    path("person/<str:person_id>/photo/", views_file.photo, name="person-photo"),
    path(
        "person/<str:person_id>/photo/change/",
        views_papers.change_photo,
        name="person-change-photo",
    ),
    path("person/<str:person_id>/form/", views_file.form, name="person-form"),
    path("person/<str:person_id>/history/", views_file.history, name="person-history"),
    path("person/<str:person_id>/papers/", views_papers.papers, name="person-papers"),
    path("person/<str:person_id>/papers/<int:number>/", views_papers.paper, name="person-paper"),
    path("person/<str:person_id>/posts/", views_fitness.person_fitness, name="person-fitness"),
    path(
        "person/<str:person_id>/posts/table/",
        views_fitness.fitness_table,
        name="person-fitness-table",
    ),
    path(
        "person/<str:person_id>/posts/<str:post_id>/",
        views_fitness.fitness_reasons,
        name="person-fitness-reasons",
    ),
    path("person/<str:person_id>/undo/<int:seq>/", views_edit.undo, name="person-undo"),
    path("person/<str:person_id>/<str:table>/add/", views_edit.add, name="person-add"),
    path("person/<str:person_id>/<str:table>/<str:address>/", views_edit.edit, name="person-edit"),
    path(
        "person/<str:person_id>/<str:table>/<str:address>/remove/",
        views_edit.remove,
        name="person-remove",
    ),
    path(
        "person/<str:person_id>/<str:table>/<str:address>/effect/",
        views_edit.effect,
        name="person-effect",
    ),
]
