"""The engine from a terminal. Every command here has a function of the engine behind it."""
