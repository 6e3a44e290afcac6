"""Tags of the board's templates."""
