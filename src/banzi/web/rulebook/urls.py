"""Addresses: the law browsed; targets and post profiles edited."""

from django.urls import path

from banzi.web.rulebook import views_law, views_profiles, views_targets

urlpatterns = [
    path("rules/", views_law.clauses, name="rulebook"),
    path("rules/all/", views_law.rules, name="rules"),
    path("rules/clause/<path:name>/", views_law.clause, name="clause"),
    path("rules/rule/<path:rule_id>/", views_law.rule, name="rule"),
    path("rules/number/<path:name>/", views_law.parameter, name="parameter"),
    path("targets/", views_targets.targets, name="targets"),
    path("targets/new/", views_targets.edit, name="target-new"),
    path("targets/edit/<str:target_id>/", views_targets.edit, name="target-edit"),
    path("targets/remove/<str:target_id>/", views_targets.remove, name="target-remove"),
    path("targets/upload/", views_targets.upload, name="targets-upload"),
    path("targets/library/", views_targets.library, name="targets-library"),
    path("targets/file.yaml", views_targets.download, name="targets-file"),
    path("targets/threshold/", views_targets.threshold, name="threshold"),
    path("targets/sets/<int:number>/", views_targets.put_back, name="targets-put-back"),
    path("profiles/", views_profiles.profiles, name="profiles"),
    path("profiles/new/", views_profiles.edit, name="profile-new"),
    path("profiles/<int:number>/", views_profiles.edit, name="profile-edit"),
    path("profiles/<int:number>/remove/", views_profiles.remove, name="profile-remove"),
]
