"""Addresses of `imports`."""

from django.urls import path

from banzi.web.imports import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("new/", views.drop_files, name="import-new"),
    path("<str:import_id>/", views.one_import, name="import"),
    path("<str:import_id>/answer/", views.answer, name="import-answer"),
    path("<str:import_id>/identity/", views.settle_identity, name="import-identity"),
    path("<str:import_id>/seal/", views.check_seal, name="import-seal"),
    path("<str:import_id>/take/", views.take_over, name="import-take"),
    path("<str:import_id>/undo/", views.undo_import, name="import-undo"),
    path("<str:import_id>/discard/", views.discard, name="import-discard"),
]
