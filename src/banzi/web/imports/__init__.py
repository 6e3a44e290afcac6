"""Files into the records: read, shown against what is there, taken over as one act, undone as one.

reading      dropped files → a roster beside the records
planning     that roster against the records: differences the reader of the page may take over
committing   chosen differences into the records, in one act
undoing      an import taken back, while nothing later stands on it
work         the jobs: reading, taking over
"""
