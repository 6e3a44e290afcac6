"""The law browsed; targets and post profiles edited."""
