"""Every table of a roster as a model; what a column is stands in `people`, `teams`, `roster`."""

from __future__ import annotations

from django.db import models

from banzi.roster import TABLES
from banzi.web.records.building import model_name, record_model

RECORDS: dict[str, type[models.Model]] = {
    name: record_model(table, __name__) for name, table in TABLES.items()
}
"""Table name → model."""

globals().update({model_name(name): model for name, model in RECORDS.items()})
