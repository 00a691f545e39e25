"""One article in every format."""
