"""Ingests that are asked for and done later: what is asked, what became of it, and who does it."""
