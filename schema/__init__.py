"""GraphQL types, inputs, connections and resolvers; knows nothing of any engine."""
