"""National code tables, identity numbers, working days, stroke order and pinyin keys.

What every organization department looks up and nobody should type twice. Data lie beside the code
in `tables/`, with their origin in `tables/SOURCES.md`.

Not here: anything about a person or a post; those packages come above this one.
"""
