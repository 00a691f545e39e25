"""The search port: our own query tree, the one text analysis, and the engines behind them. Knows nothing of files or GraphQL."""
