"""What `dev check`, `dev new` and `selftest` are made of: one module an aspect.

An aspect is a function from a scope and settings to findings. It reads the
course and changes nothing.
"""
