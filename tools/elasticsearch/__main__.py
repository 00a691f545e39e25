"""A real Elasticsearch in the foreground, for developers: `python -m tools.elasticsearch`. Ctrl-C ends it."""

import argparse
import signal
import sys
from pathlib import Path

from tools.elasticsearch.jars import NotReady
from tools.elasticsearch.node import Nodes


def main() -> None:
    """Read the arguments, start, say how to use it, wait for the end."""
    arguments = argparse.ArgumentParser(prog="python -m tools.elasticsearch", description="A bare Elasticsearch on this machine.")
    arguments.add_argument("--port", type=int, default=9200, help="of the first node (9200); further nodes take the ports after it")
    arguments.add_argument("--data", type=Path, default=Path("var/elasticsearch"), help="where data and log lie (var/elasticsearch)")
    arguments.add_argument("--nodes", type=int, default=1, help="how many nodes form the cluster (1); the same number for the same data")
    arguments.add_argument("--heap", default="512m", help="Java heap of each node (512m)")
    given = arguments.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        run(Nodes(given.data, count=given.nodes, first_port=given.port, heap=given.heap))
    except NotReady as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        print("\nstopped")


def run(nodes: Nodes) -> None:
    """Start all nodes and wait for Ctrl-C."""
    print("starting Elasticsearch; the first time its jars are fetched …", flush=True)
    with nodes:
        print(f"Elasticsearch answers at {', '.join(nodes.urls)}; data and logs are in {nodes.nodes[0].folder.parent}")
        use = f".venv/bin/fangzhi --archive {nodes.urls[0]}/fangzhi"
        print(f"  {use} ingest samples/*.txt\n  {use} serve\nCtrl-C stops it.", flush=True)
        nodes.nodes[0].join()
        sys.exit(f"Elasticsearch ended by itself; see {nodes.nodes[0].log}")


if __name__ == "__main__":
    main()
