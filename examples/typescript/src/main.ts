import { Archive, ArchiveErrors, pieces } from "./client.js";
import { graphql } from "./generated/index.js";

const Search = graphql(`
  query Search($query: String!, $first: Int!, $after: String) {
    search(query: $query, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        highlights(fragments: 1) {
          text
          ranges {
            start
            end
          }
        }
        node {
          __typename
          ... on Document {
            title
          }
          ... on Fact {
            quote
            placeName
          }
          ... on Statistic {
            subject
            value
            unit
          }
        }
      }
    }
  }
`);

const [address = "http://127.0.0.1:8000", query = "网格员"] = process.argv.slice(2);
const archive = new Archive(address);

try {
  let after: string | null = null;
  let shown = 0;
  do {
    const { search }: { search: import("./generated/graphql.js").SearchQuery["search"] } = await archive.ask(Search, { query, first: 5, after });
    if (after === null) console.log(`${query}: ${search.totalCount}`);
    for (const { node, highlights } of search.edges) {
      const line = highlights[0] ? pieces(highlights[0].text, highlights[0].ranges) : [];
      const marked = line.map((piece) => (piece.marked ? `【${piece.text}】` : piece.text)).join("");
      const figure = node.__typename === "Statistic" ? ` ${node.subject ?? ""} = ${node.value} ${node.unit}` : "";
      console.log(`- ${node.__typename}${figure}: ${marked.replaceAll("\n", " ")}`);
      shown += 1;
    }
    after = search.pageInfo.hasNextPage ? (search.pageInfo.endCursor ?? null) : null;
  } while (after !== null && shown < 10);
} catch (error) {
  if (!(error instanceof ArchiveErrors)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
