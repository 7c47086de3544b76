"""Tables of reports as files for a spreadsheet or a printer; they know nothing of rights."""
