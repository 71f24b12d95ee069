// The host's own shortcuts, such as Ctrl+S, pressed where it leaves all keys alone.

const MARK = "data-lm-suppress-shortcuts"; // the sign by which it does

// Tells the host of a key once more, above the mark. Enter runs a cell only where the focus is, so
// it is told there, and the mark is lifted meanwhile.
function tellHost(root, event) {
  const { key, target } = event;
  const mark = target.getAttribute(MARK);
  const place = key === "Enter" ? target : root.parentElement;
  target.removeAttribute(MARK);
  if (place?.dispatchEvent(new KeyboardEvent("keydown", event)) === false) event.preventDefault();
  if (mark !== null) target.setAttribute(MARK, mark);
}
