"""An office's own .docx and .xlsx with fields such as {{姓名}}, filled from the roster."""
