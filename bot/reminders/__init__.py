"""Reminding officers: who hears of what, by mail, in the hours of their organisation, and without content."""
