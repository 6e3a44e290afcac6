"""Rules of 党政领导干部任职回避暂行规定 (RC), one file each."""
