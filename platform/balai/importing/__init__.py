"""Tables that people bring along: CSV and XLSX with dry run, row errors and resumption."""
