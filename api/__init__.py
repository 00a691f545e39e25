"""The only place that wires: settings, bootstrap, the Starlette application and the command line."""
