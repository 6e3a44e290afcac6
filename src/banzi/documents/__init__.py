"""Files: `codecs` turns them into records and back, `papers` makes what people carry."""
