"""Rules of the measures on vetting political quality (ZZ), one file each."""
