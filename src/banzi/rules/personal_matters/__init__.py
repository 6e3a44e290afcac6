"""Rules of 领导干部报告个人有关事项规定 (RP), one file each."""
