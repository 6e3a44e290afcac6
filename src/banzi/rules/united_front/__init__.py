"""Rules of 中国共产党统一战线工作条例 (DW), one file each."""
