"""Who may sign in and do what: rights, field classes, the three administrators."""
