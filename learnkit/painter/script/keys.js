// Keys pressed in a picture stay there; the host gets those that are its own.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function keepKeys(root) {
  root.addEventListener("keydown", (event) => {
    const theirs = isTheirs(event);
    if (theirs && !event.isTrusted) return; // it is being told
    event.stopPropagation();
    if (theirs) tellHost(root, event);
  });
}

function isTheirs({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  return ctrlKey || metaKey || (key === "Enter" && (shiftKey || altKey));
}
