"""The example queries that GraphiQL opens with; they are those of samples/queries, which the tests run.

`python -m api.examples` writes them to the page's folder.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

QUERIES = Path(__file__).parent.parent / "samples" / "queries"
WRITTEN = Path(__file__).with_name("static") / "graphiql" / "examples.json"
_QUESTION = re.compile(r"# 问题（[^）]+）：(.+)")


def examples(folder: Path = QUERIES) -> str:
    """The JSON of all examples: name, title, query and variables. Raises ValueError for a query without its question at the head."""
    found = []
    for path in sorted(folder.glob("*.graphql")):
        query = path.read_text("utf-8")
        question = _QUESTION.match(query)
        if question is None:
            raise ValueError(f"{path.name} must begin with a line `# 问题（谁）：…`")
        variables = path.with_suffix(".json")
        given = variables.read_text("utf-8").strip() if variables.exists() else ""
        found.append({"name": path.stem, "title": question[1], "query": query, "variables": given})
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    WRITTEN.write_text(examples(), "utf-8")
