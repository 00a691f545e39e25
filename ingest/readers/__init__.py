"""Readers: one file a format, one line in the registry."""
