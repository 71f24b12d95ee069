// Hints and the solution beneath the verdict on an exercise.

// Hints one after the other and the solution, beneath a verdict; what was opened stays open.
function verdict(root) {
  const key = root.dataset.learnkit;
  const folds = [...root.querySelectorAll("details")];
  const panels = folds.map((fold) => {
    const title = make("div", { class: "lkq-title" }, fold.querySelector("summary").textContent);
    return make("div", { class: "lkq-panel" }, title, fold.querySelector(".lkq-feedback"));
  });
  folds.forEach((fold) => fold.remove());
  const hints = panels.filter((_, index) => "hint" in folds[index].dataset);
  const solution = panels.find((_, index) => "solution" in folds[index].dataset);
  const next = button("", () => keep(key, { hints: (recall(key).entry.hints ?? 0) + 1 }));
  const other = button("Solution", toggle);
  const row = make("div", { class: "lkq-row" });
  if (hints.length) row.append(next);
  if (solution) row.append(other);
  root.append(row, make("div", { "aria-live": "polite" }, ...panels));
  let folded = null;

  function toggle() {
    folded = !solution.hidden;
    keep(key, { solution_seen: true });
    show(recall(key).entry); // what is kept is the same from the second time on
  }
  function show({ hints: opened = 0, solution_seen: seen = false }) {
    hints.forEach((hint, index) => (hint.hidden = index >= opened));
    const last = opened >= hints.length;
    next.textContent = last ? "No more hints" : `Hint ${opened + 1} of ${hints.length}`;
    next.setAttribute("aria-disabled", last);
    if (!solution) return;
    solution.hidden = folded ?? !seen;
    other.setAttribute("aria-expanded", !solution.hidden);
  }
  keys(root, () => false);
  return show;
}
