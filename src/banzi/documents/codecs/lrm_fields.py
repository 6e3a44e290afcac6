"""The 33 fields of a `.lrm` record (formats.md 1.7), in their order, and what each is called."""

from __future__ import annotations

from banzi.documents.form import relative_label
from banzi.people import PERSONS

FIELDS: tuple[str, ...] = (
    "name",
    "sex",
    "birth",
    "ethnicity",
    "native_place",
    "party_text",
    "health",
    "birthplace",
    "work_started",
    "*education",
    "*school",
    "technical_title",
    "",
    "",
    "",
    "",
    "specialty",
    "resume_text",
    "awards_text",
    "assessments_text",
    "*relation",
    "*name",
    "*birth",
    "*political_status",
    "*unit_and_post",
    "current_posts_text",
    "proposed_posts_text",
    "removed_posts_text",
    "appointment_reason",
    "reporting_unit",
    "age_counted_on",
    "form_filled_by",
    "form_filled_on",
)
"""The 33 fields in order: a column of `persons`, "" for one that is always empty, `*` for lists."""

PARTED: dict[str, tuple[str, ...]] = {
    "*education": (
        "full_time_education",
        "full_time_degree",
        "in_service_education",
        "in_service_degree",
    ),
    "*school": (
        "full_time_education_school",
        "full_time_degree_school",
        "in_service_education_school",
        "in_service_degree_school",
    ),
}
"""`full-time#full-time@in-service#in-service`."""

FAMILY = tuple(each.removeprefix("*") for each in FIELDS[20:25])
FAMILY_SLOTS = 13
PHOTO_ENDINGS = (".pic", ".jpg", ".jpeg")
"""Endings of the photo beside a record, the first found wins."""
BETWEEN = '","'


def label(name: str) -> str:
    """What people call a field; of a list, of what its first place holds."""
    if name in PARTED:
        return PERSONS[PARTED[name][0]].zh
    if name.startswith("*"):
        return relative_label(name.removeprefix("*"))
    return PERSONS[name].zh
