"""Month end: what is lacking, closing, red invoices, exporting by itself."""
