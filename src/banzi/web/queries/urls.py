"""Addresses of queries, tables and rosters of one's own."""

from django.urls import path

from banzi.web.queries import views, views_saved, views_tables, views_templates

urlpatterns = [
    path("", views.query, name="queries"),
    path("export/", views.export, name="query-export"),
    path("table/", views_tables.table, name="query-table"),
    path("table/export/", views_tables.export_table, name="query-table-export"),
    path("save/", views_saved.save, name="query-save"),
    path("saved/", views_saved.saved, name="queries-saved"),
    path("saved/<int:number>/", views_saved.open_saved, name="query-open"),
    path("saved/<int:number>/share/", views_saved.share, name="query-share"),
    path("saved/<int:number>/unshare/", views_saved.unshare, name="query-unshare"),
    path("saved/<int:number>/remove/", views_saved.remove, name="query-remove"),
    path("templates/", views_templates.templates, name="roster-templates"),
    path("templates/file/", views_templates.upload, name="roster-template-upload"),
    path("templates/columns/", views_templates.from_columns, name="roster-template-columns"),
    path("templates/<int:number>/", views_templates.original, name="roster-template-file"),
    path("templates/<int:number>/remove/", views_templates.remove, name="roster-template-remove"),
    path("fill/", views_templates.fill, name="roster-template-fill"),
]
