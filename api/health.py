"""Whether the service can answer, and what it holds; for load balancers and for people."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from api.bootstrap import empty
from api.replies import json_reply
from archive.originals import Originals
from schema.context import Services


def package_version() -> str:
    """The installed version; "unknown" in a copy that was never installed."""
    try:
        return version("fangzhi")
    except PackageNotFoundError:
        return "unknown"


async def health(request: Request) -> Response:
    """200 when the engine can answer, 503 with the reason when it cannot, or when the index is empty."""
    services: Services | None = request.app.state.services
    headers = {"cache-control": "no-store"}
    if services is None:
        return json_reply({"ready": False, "reason": "The archive is not open yet."}, 503, headers=headers)
    status = await services.engine.status()
    originals: Originals | None = getattr(request.app.state, "originals", None)
    reason = await to_thread.run_sync(empty, originals, status) if originals else None
    if not reason and status.ready and not any(status.entries.values()):
        reason = "The index holds nothing; fill it with `fangzhi ingest PATH`, or make it anew with `fangzhi rebuild`."
    if reason:
        status = replace(status, ready=False, reason=reason)
    body = {
        "ready": status.ready,
        "engine": status.kind.value,
        "generation": status.generation,
        "entries": dict(status.entries),
        "version": package_version(),
    }
    if status.reason:
        body["reason"] = status.reason
    return json_reply(body, 200 if status.ready else 503, headers=headers)
