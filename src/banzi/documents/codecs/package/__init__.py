"""Packages of the national civil-servant system (`.hzb`, `.zb3`): zip archives or their folders."""

from banzi.documents.codecs.package.opening import holds_tables
from banzi.documents.codecs.package.reading import read_package

__all__ = ["holds_tables", "read_package"]
