"""The domain: what the archive holds and how it is addressed. Knows nothing of file formats, engines or GraphQL."""
