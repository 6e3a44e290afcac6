"""Rules of 地方组织法 (OL), one file each."""
