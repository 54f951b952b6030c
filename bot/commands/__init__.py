"""The commands of ``gehoord``, one module each."""
