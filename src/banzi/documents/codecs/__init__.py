"""Files into records and back: `.lrmx`, the national workbook, our own template."""
