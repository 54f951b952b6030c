"""The core of Gehoord: what is asked, understood, due and true.

Everything here is a pure function of its arguments. There is no clock, no chance and no I/O: the time
(`now`) and chance (`fresh`) come in as arguments, and what has to be done goes out as effects.
"""
