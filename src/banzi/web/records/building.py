"""Models made from the declarations of tables: columns are said once, in `people` and `teams`.

A column that repeats another table's only key becomes a foreign key under the same column name. A
table with one key column has it as primary key, a table with several a number and a unique rule.
Empty is null, never "".
"""

from __future__ import annotations

from typing import Any

from django.db import models

from banzi.kernel.columns import Column, Kind, Table


def field_of(column: Column, table: Table) -> models.Field[Any, Any]:
    """The model field of a column."""
    options: dict[str, Any] = {"null": not column.required, "blank": not column.required}
    if table.key == (column.name,):
        options = {"primary_key": True}
    options["verbose_name"] = column.zh
    options["db_column"] = column.name
    if column.references:
        target = column.references.partition(".")[0]
        return models.ForeignKey(model_name(target), on_delete=models.PROTECT,
                                 related_name="+", **options)  # fmt: skip
    match column.kind:
        case Kind.INTEGER:
            return models.BigIntegerField(**options)
        case Kind.PARTIAL_DATE | Kind.MONTH:
            return models.IntegerField(**options)
        case Kind.BOOLEAN:
            return models.BooleanField(**options)
        case Kind.DATE:
            return models.DateField(**options)
        case Kind.CHOICE:
            assert column.choices is not None  # noqa: S101 - a choice column names its list
            return models.TextField(choices=[(each.value, each.zh) for each in column.choices],
                                    **options)  # fmt: skip
        case _:
            return models.TextField(**options)


def attribute(column: Column) -> str:
    """The attribute of a model that holds the column; a foreign key's without its `_id`."""
    return column.name.removesuffix("_id") if column.references else column.name


def model_name(table_name: str) -> str:
    """`career_segments` → `CareerSegments`."""
    return "".join(part.capitalize() for part in table_name.split("_"))


def record_model(table: Table, module: str) -> type[models.Model]:
    """The model of a table, to be bound to a name in `module`."""
    constraints = []
    if len(table.key) > 1:
        fields = [attribute(table[name]) for name in table.key]
        constraints.append(models.UniqueConstraint(fields=fields, name=f"{table.name}_key"))
    meta = type(
        "Meta",
        (),
        {
            "db_table": table.name,
            "constraints": constraints,
            "verbose_name": table.zh,
            "verbose_name_plural": table.zh,
        },
    )
    fields_of = {attribute(column): field_of(column, table) for column in table}
    space = {"__module__": module, "__doc__": table.about, "Meta": meta, "declared": table}
    return type(model_name(table.name), (models.Model,), {**space, **fields_of})
