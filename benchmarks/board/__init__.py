"""How long a drag on the plan board takes: the request alone, and in a browser until it is painted."""
