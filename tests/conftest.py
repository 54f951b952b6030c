"""What holds for every test."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)  # how long one example takes says most about the machine
settings.load_profile("patient")
