"""The shipped library of structure targets: read, listed, copied; never in force by itself."""
