"""The desk: where officers see what is due, read what was told, and do the next step."""
