"""Rules of the appointment regulations (AR) on meetings, votes, notices and steps."""
