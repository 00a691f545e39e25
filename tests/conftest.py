"""Fixtures of every folder of tests."""

pytest_plugins = ["tests.elastic.nodes"]
