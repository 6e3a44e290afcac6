"""Rules of the election law (EL)."""
