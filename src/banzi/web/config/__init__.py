"""Settings, addresses and what is installed, of the whole site."""
