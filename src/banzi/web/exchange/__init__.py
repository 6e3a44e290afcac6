"""Packages for other offices, made on the site: whom, what may leave, the file and its content sheet.

choosing     whom a package is asked for: organs with all below them, a list, a query, names
packing      what of them the account may release, cut out, written, read back, listed on a sheet
keeping      where made packages lie, and who is in them
work         the job

A package that comes from elsewhere is an import like any other (`web.imports`).
"""
