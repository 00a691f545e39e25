"""What Word's own format says: styles, automatic numbers, paragraphs, tables. Others use it through `ingest.readers.docx`."""
