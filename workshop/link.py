"""Print the address to give learners of a hub with nbgitpuller, such as The Littlest JupyterHub.

    python workshop/link.py https://hub.example.org
    python workshop/link.py https://hub.example.org https://github.com/you/your-copy --branch may

Who opens it signs in, gets the chapters, or what is new in them, and stands in chapter 0. Without
a second address it is the repository that pyproject.toml names.
"""

import argparse
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlencode, urlsplit

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
FIRST = "notebooks/00_start_here.ipynb"


def main(arguments):
    """Print the link, and return 0."""
    setting = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["tool"].get("learnkit", {})
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("hub")
    parser.add_argument("repository", nargs="?", default=setting.get("repository"))
    parser.add_argument("--branch", default=setting.get("branch", "main"))
    asked = parser.parse_args(arguments)
    if not asked.repository:
        parser.error("pyproject.toml names no repository: give its address after the hub's.")
    print(link(asked.hub, asked.repository, asked.branch))
    return 0


def link(hub, repository, branch):
    """Return the link; nbgitpuller calls the learner's folder as the repository is called."""
    folder = urlsplit(repository).path.rstrip("/").rpartition("/")[2].removesuffix(".git")
    opened = {"repo": repository, "branch": branch, "urlpath": f"lab/tree/{folder}/{FIRST}"}
    return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{urlencode(opened)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
