"""`./workbook explore` and `replay`: build a program for the explorer, run it, tell what was found.

The explorer itself is C (`explorer/`): it searches and reports facts and
addresses. Here addresses become functions and lines, and facts become words.
"""
