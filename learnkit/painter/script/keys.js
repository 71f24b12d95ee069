// Keys pressed in a picture stay there; the host gets those that are its own.

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
