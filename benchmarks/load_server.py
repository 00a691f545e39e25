"""The service as `fangzhi serve` runs it, with one more address that searches without GraphQL; benchmarks.load starts it."""

from __future__ import annotations

import sys

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.commands import serve
from schema.context import Services
from schema.enums import MatchMode
from schema.language.plan import planned
from schema.search import FEW
from search.criteria import Facet, SearchRequest

FACETS = tuple(Facet(field, field, 20) for field in ("places", "themes", "unit_kind"))
create_app = serve.create_app


async def port(request: Request) -> Response:
    """The page and the facets of a search, as the engine gives them."""
    services: Services = request.app.state.services
    plan = await planned(services, request.query_params["q"], MatchMode.AUTO)
    for every in (True, False):
        page = await services.engine.search(SearchRequest(plan.query(every=every), size=21, facets=FACETS))
        if page.total >= FEW:
            break
    counts = {name: [(one.value, one.count) for one in facet.counts] for name, facet in page.facets.items()}
    hits = [(hit.id, hit.score, msgspec.Raw(hit.record)) for hit in page.hits]
    return Response(msgspec.json.encode({"total": page.total, "facets": counts, "hits": hits}), media_type="application/json")


def with_port(*given: object, **options: object) -> Starlette:
    """The application of the service and the other address."""
    app = create_app(*given, **options)  # type: ignore[arg-type]
    app.router.routes.append(Route("/port", port))
    return app


if __name__ == "__main__":
    serve.create_app = with_port
    serve.command.main(["--archive", sys.argv[1], "--port", "0"])
