"""How sentences for a learner speak of code: names, arguments and text between backticks."""

from .plain import as_text, plain


def as_code(text):
    """Return text, the learner's included, between backticks; backticks of its own become
    quotes.
    """
    # half a surrogate pair would break the kernel's messages
    sendable = text.encode("utf-8", "replace").decode()
    return "`" + sendable.replace("`", "'") + "`"


def in_words(names):
    """Return names as code in a row: `a`, `b` and `c`."""
    *rest, last = [as_code(name) for name in names]
    return f"{', '.join(rest)} and {last}" if rest else last


def listed_cases(names, case, called=None):
    """Return the arguments of one call as code: `x = 3`, `rate = 0.1`.

    called: {name that the learner does not know: what it stands for, in words}.
    """
    arguments = zip(names, case, strict=False)
    return ", ".join(_listed(name, value, called or {}) for name, value in arguments)


def _listed(name, value, called):
    shown = as_text(plain(value), width=80)
    return f"{called[name]}: {as_code(shown)}" if name in called else as_code(f"{name} = {shown}")
