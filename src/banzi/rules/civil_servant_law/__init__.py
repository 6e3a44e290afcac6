"""Rules of 公务员法 (CSL), one file each."""
