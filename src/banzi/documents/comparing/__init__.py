"""Two tellings of the same persons side by side: what differs, what was answered, writing it back."""
