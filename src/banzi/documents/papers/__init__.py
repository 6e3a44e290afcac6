"""Papers that people carry: approval forms, rosters, proposals and reports, from values to files.

Every paper is advice with reasons; a named person decides and signs. Reading files back is
`codecs`' work.
"""
