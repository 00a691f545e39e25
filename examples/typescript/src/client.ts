import type { TypedDocumentString } from "./generated/graphql.js";

/** One entry of `errors`; `code` is what programs look at (docs/graphql.md lists the codes). */
export interface ArchiveError {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string };
}

/** The archive refused, or a part of the answer failed. */
export class ArchiveErrors extends Error {
  constructor(readonly errors: ArchiveError[]) {
    super(errors.map((one) => `${one.extensions?.code ?? "?"}: ${one.message}`).join("\n"));
  }
}

const FORM = "application/graphql-response+json";

/** Asks one archive. `signal` ends a request that nobody waits for any more (a search box that was typed on in). */
export class Archive {
  constructor(private readonly address: string) {}

  async ask<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    ...[variables, signal]: Variables extends Record<string, never> ? [undefined?, AbortSignal?] : [Variables, AbortSignal?]
  ): Promise<Data> {
    const response = await fetch(new URL("/graphql", this.address), {
      method: "POST",
      headers: { "content-type": "application/json", accept: FORM },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: signal ?? null,
    });
    if (!response.headers.get("content-type")?.startsWith("application/")) {
      throw new Error(`${this.address} answered ${response.status} and not as a GraphQL service does`);
    }
    const answer = (await response.json()) as { data?: Data; errors?: ArchiveError[] };
    if (answer.errors?.length || answer.data == null) {
      throw new ArchiveErrors(answer.errors ?? [{ message: `status ${response.status} without data` }]);
    }
    return answer.data;
  }
}

/** A stretch of text; marked where the words of the query stand. */
export interface Piece {
  text: string;
  marked: boolean;
}

/** Cuts at ranges that count code points, as all ranges of the archive do; a string of JavaScript counts UTF-16. */
export function pieces(text: string, ranges: readonly { start: number; end: number }[]): Piece[] {
  const points = Array.from(text);
  const found: Piece[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    if (start > at) found.push({ text: points.slice(at, start).join(""), marked: false });
    found.push({ text: points.slice(start, end).join(""), marked: true });
    at = end;
  }
  if (at < points.length) found.push({ text: points.slice(at).join(""), marked: false });
  return found;
}
