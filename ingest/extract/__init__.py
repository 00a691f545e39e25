"""Findings from clean text: outline, places, statistics, units, practices, checks."""
