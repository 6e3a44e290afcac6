"""Figures that compare teams and areas side by side, and lights that stand on cited thresholds only.

A gauge is one number over a set of posts with the names behind it. It is red, yellow or green only
where an office has set a threshold and said where it comes from; otherwise it stays grey.
"""
