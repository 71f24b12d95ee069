"""What a built package says of itself: the README with links that lead somewhere from PyPI, and the
course's addresses, both by the setting [tool.learnkit] in pyproject.toml. Hatch runs this.
"""

import re
import sys
from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface

LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:)([^)]+)\)")


class CourseMetadata(MetadataHookInterface):
    """Fills in `readme` and `urls`, which pyproject.toml declares dynamic."""

    def update(self, metadata):
        sys.path.insert(0, self.root)
        try:
            from tools.home import home_of
        finally:
            sys.path.remove(self.root)
        home = home_of(Path(self.root))
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": from_outside(text, home)}
        addresses = {"Repository": home.repository, "Homepage": home.site}
        metadata["urls"] = {name: address for name, address in addresses.items() if address}


def from_outside(readme, home):
    """Return a README whose local links are absolute; where the repository is not known, the words
    alone stay, and no picture.
    """

    def absolute(match):
        picture, words, path = match.groups()
        if not home.repository:
            return "" if picture else words
        return f"{picture}[{words}]({home.file(path)}{'?raw=true' * bool(picture)})"

    return LINK.sub(absolute, readme)
