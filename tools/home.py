"""Where the course lives, by the one setting [tool.learnkit] in pyproject.toml, and the links that
follow from it: to Binder, Colab and the web page.
"""

import re
import tomllib
from typing import NamedTuple

from learnkit.launch.common import Problem

GITHUB = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+")


class Home(NamedTuple):
    """The address of the repository on GitHub, its branch, the address of the web site; "" each
    where it is not known.
    """

    repository: str
    branch: str
    site: str

    def file(self, path):
        """Return the address of a file of the repository."""
        return f"{self.repository}/blob/{self.branch}/{path}"

    def install(self):
        """Return what pip is told to install the course from the repository."""
        return f"git+{self.repository}@{self.branch}"

    def links(self, chapter):
        """Return a sentence with the links that open a chapter, or "" where nothing is known.

        chapter: the name of its notebook without the ending, such as "04_gradient_descent".
        """
        ways, notebook = [], f"notebooks/{chapter}.ipynb"
        if self.repository:
            place = self.repository.removeprefix("https://github.com/")
            binder = f"https://mybinder.org/v2/gh/{place}/{self.branch}?urlpath=lab/tree/{notebook}"
            colab = (
                f"https://colab.research.google.com/github/{place}/blob/{self.branch}/{notebook}"
            )
            ways.append(f"run it [on Binder]({binder}) or [on Colab]({colab})")
        if self.site:
            ways.append(f"read it [as a web page]({self.site}/{chapter}.html)")
        return f"With nothing installed: {', or '.join(ways)}." if ways else ""


def home_of(root):
    """Return the Home that the pyproject.toml in a folder names.

    Raises Problem for an address that no link could be made of.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    given = project.get("tool", {}).get("learnkit", {})
    repository = given.get("repository", "").rstrip("/").removesuffix(".git")
    site = given.get("site", "").rstrip("/")
    if repository and not GITHUB.fullmatch(repository):
        raise Problem(
            f"pyproject.toml names {repository!r} as the repository: Binder and Colab need "
            "one such as https://github.com/owner/name."
        )
    if site and not site.startswith(("https://", "http://")):
        raise Problem(f"pyproject.toml names {site!r} as the site: it begins with https://.")
    return Home(repository, given.get("branch", "main"), site)
