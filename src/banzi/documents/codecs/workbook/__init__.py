"""Excel workbooks into records and back: the national ten sheets and our own template."""

from banzi.documents.codecs.workbook.national import read_national
from banzi.documents.codecs.workbook.national_writing import write_national
from banzi.documents.codecs.workbook.reading import read_workbook
from banzi.documents.codecs.workbook.template import read_template, write_template

__all__ = [
    "read_national",
    "read_template",
    "read_workbook",
    "write_national",
    "write_template",
]
