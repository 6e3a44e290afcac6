"""Rules of 公务员职务与职级并行规定 (RANK), one file each."""
