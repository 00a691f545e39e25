"""From a file to findings: every stage is a pure, synchronous function of one frozen value."""
