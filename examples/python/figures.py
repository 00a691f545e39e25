"""Who has how many of something, with quotes: `python figures.py 网格员`. The client is made by `ariadne-codegen` from queries.graphql."""

import asyncio
import sys

from archive_client import Client, GraphQLClientGraphQLMultiError


async def main(subject: str, address: str) -> int:
    """Every figure on `subject`, page by page; the exit code is 1 when the archive refuses."""
    client = Client(url=f"{address}/graphql")
    after: str | None = None
    try:
        while True:
            page = (await client.search_figures(subject=subject, after=after)).figures
            for figure in page.nodes:
                print(f"{figure.place_name or '?'}\t{figure.value:g}{figure.unit}\t{figure.quote}\t{figure.document.citation}")
            if not page.page_info.has_next_page:
                return 0
            after = page.page_info.end_cursor
    except GraphQLClientGraphQLMultiError as refused:
        for error in refused.errors:
            print(f"{(error.extensions or {}).get('code')}: {error.message}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    subject = sys.argv[1] if len(sys.argv) > 1 else "网格员"
    address = sys.argv[2] if len(sys.argv) > 2 else "http://127.0.0.1:8000"
    sys.exit(asyncio.run(main(subject, address)))
