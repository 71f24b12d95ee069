// Keys pressed in a picture stay there; the host gets those that are its own.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function keepKeys(root) {
  root.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const { key, ctrlKey, metaKey, shiftKey } = event;
    const theirs = ctrlKey || metaKey || (shiftKey && key === "Enter");
    if (!theirs) return;
    // told again above the mark by which the host leaves keys alone
    const copy = new KeyboardEvent("keydown", event);
    if (root.parentElement?.dispatchEvent(copy) === false) event.preventDefault();
  });
}
