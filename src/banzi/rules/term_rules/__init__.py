"""Rules of 党政领导干部职务任期暂行规定 (TM), one file each."""
