// Wakes the still markup of practice. Texts stand in the markup and are moved, never made anew, so that the page's
// own typesetter finds their mathematics. page.py joins these files in its order, SIGNS and CSS before them.

const kinds = { choice, number, prediction, cards, verdict, outcome: () => null };

// Wake all questions of the page that still lie there as text.
function wake() {
  for (const root of document.querySelectorAll("[data-learnkit]:not([data-awake])")) {
    if (!kinds[root.dataset.kind] || isHalfRead(root)) continue;
    root.dataset.awake = "";
    try {
      rouse(root);
    } catch (error) {
      console.error(error); // one question that is broken leaves the others alive
    }
  }
}

// While a page is still read, a question with nothing behind it may be half there; its own script will wake it.
function isHalfRead(root) {
  return document.readyState === "loading" && !root.nextSibling;
}

function rouse(root) {
  root.learnkitShow = kinds[root.dataset.kind](root);
  refresh(root);
  if ("kept" in root.dataset) tell(root.dataset.learnkit);
}

// Show what was answered, unless it is shown already: nothing is taken out of the learner's hands.
function refresh(root) {
  const { entry } = recall(root.dataset.learnkit);
  const text = JSON.stringify(entry);
  if (!root.learnkitShow || root.learnkitShown === text) return; // still asleep, or nothing new
  root.learnkitShown = text;
  root.learnkitShow(entry);
}

function greetWire() {
  document
    .querySelectorAll("[data-awake][data-kept]")
    .forEach((root) => tell(root.dataset.learnkit));
}

document.head.append(make("style", {}, CSS));
document.addEventListener("learnkit:changed", redraw);
document.addEventListener("learnkit:told", hear);
document.addEventListener("learnkit:wire", greetWire);
window.addEventListener("storage", ({ key }) => {
  if (key?.startsWith(PREFIX)) announce(key.slice(PREFIX.length));
});

export default {
  wake,
  kinds,
  judge,
  readNumber,
  writeNumber,
  make,
  button,
  keys,
  verdictPlace,
  badge,
};
