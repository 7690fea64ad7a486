"""The workbook's grader: `./workbook` starts `python3 -m grader` from here."""
