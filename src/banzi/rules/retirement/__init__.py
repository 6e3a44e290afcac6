"""Rules of statutory retirement (RETIRE), one file each."""
