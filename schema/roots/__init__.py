"""The roots of the graph, a file for each kind of question."""
