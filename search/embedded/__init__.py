"""The engine that needs no server: tantivy, in this process."""
