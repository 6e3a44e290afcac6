"""The site under load: many people at once on a database of a hundred thousand persons."""
