"""Rules of 党政领导干部选拔任用工作条例 (AR), one file each."""
