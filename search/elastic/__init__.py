"""The port on Elasticsearch: one node or a cluster, through the official client."""
