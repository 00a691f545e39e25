"""A bare Elasticsearch node from Maven's jars, for tests and developers. The product never imports this."""
