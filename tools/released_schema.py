"""Keep the present schema as the released one, against which later changes are held: run with each release."""

from pathlib import Path

from schema.build import sdl

RELEASED = Path(__file__).parents[1] / "schema" / "released"


def main() -> None:
    (RELEASED / "schema.graphql").write_text(sdl(), "utf-8")
    allowed = RELEASED / "allowed.toml"
    comments = [line for line in allowed.read_text("utf-8").splitlines(keepends=True) if line.startswith("#")]
    allowed.write_text("".join(comments), "utf-8")


if __name__ == "__main__":
    main()
