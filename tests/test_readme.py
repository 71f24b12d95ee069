"""The README says what is there."""

import re
import tomllib

import yaml
from browser import COPIES, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
LINKS = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]


def test_every_local_link_leads_somewhere():
    assert [link for link in LINKS if not (ROOT / link.partition("#")[0]).exists()] == []


def test_the_chapter_map_names_every_chapter_there_is():
    chapters = {f"notebooks/{path.name}" for path in COPIES}
    assert {link for link in LINKS if link.startswith("notebooks/")} == chapters


def test_the_engine_does_what_the_example_says():
    example = re.search(r"```python\n(.*?)\n(\S+)  # (.*?)\n```", README, re.DOTALL)
    names = {}
    exec(example.group(1), names)
    assert eval(example.group(2), names) == float(example.group(3))


def test_every_image_is_described():
    assert all(re.findall(r"!\[(.*?)\]", README))


def test_the_citation_has_the_version_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert (citation["version"], citation["license"]) == (project["version"], project["license"])
