"""Types of command-line arguments that several commands share."""

from __future__ import annotations

import argparse


def positive_number(text: str) -> int:
    """Return a whole number above 0."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number above 0")
    return int(text)
