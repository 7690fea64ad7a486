"""The workbook's grader: `./workbook` starts `python3 -m grader` from here."""

VERSION = "0.1.0"  # of the whole workbook: what `pack` writes into its manifest
