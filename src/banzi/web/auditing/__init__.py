"""The pages and commands of the auditor."""
