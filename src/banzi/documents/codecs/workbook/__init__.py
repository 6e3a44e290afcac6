"""Excel workbooks into records and back: the national ten sheets and our own template."""

from banzi.documents.codecs.workbook.national import read_national, write_national

__all__ = ["read_national", "write_national"]
