"""The filling rules of 干部任免审批表, one small declared rule per check.

`registry.RULES` lists them, `checking.check_files` runs them over files. What a file says is read
by the codecs; nothing is corrected here, only suggested.
"""
