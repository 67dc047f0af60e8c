"""What pages share: the reader's data, the language, filters, charts and tables."""
