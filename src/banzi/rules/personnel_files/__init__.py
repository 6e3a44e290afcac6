"""Rules of 干部人事档案工作条例 (PF), one file each."""
