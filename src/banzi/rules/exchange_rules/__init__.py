"""Rules of 党政领导干部交流工作规定 (EX), one file each."""
