"""Rules of 民族区域自治法 (MZ), one file each."""
