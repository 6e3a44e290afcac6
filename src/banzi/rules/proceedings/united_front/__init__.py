"""Rules of the united-front regulations (DW) on shares of non-Party members."""
