"""Rules of the assessment regulations (AP) on shares of grades."""
