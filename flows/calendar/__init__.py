"""The calendars by which terms are counted: public holidays, decree days, and an organisation's working days."""
