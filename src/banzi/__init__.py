"""Banzi (班子): leadership teams and changes of term, from files to plan, procedure and papers."""

__version__ = "0.1.0"
