"""The whole site as one file, and back: rows of every table, photos, kept files, hashes of all."""
