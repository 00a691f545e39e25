"""GraphQL types, inputs, connections and resolvers; knows nothing of any engine."""

import schema.archive_enums  # noqa: F401 - before any type is made that has one of them: strawberry would publish it a second time
