"""Structure targets and post profiles as an office keeps them."""
