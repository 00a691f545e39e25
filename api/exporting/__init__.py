"""What a search finds, as files: tables, lines of JSON, citations and a feed."""
