// What a view says: every text of its page is written here, from the state that is shown.

function write(view) {
  const { root, scene, controls, line, lens, state } = view;
  for (const node of root.querySelectorAll("[data-text]")) {
    say(node, lens.words(scene.texts[node.dataset.text]));
  }
  if (line) say(line, lens.words(scene.status));
  for (const input of root.querySelectorAll("[name]")) {
    const at = Math.floor(state.wanted[input.name]);
    lengthen(input, controls[input.name], at);
    input.value = at;
    if (input.type === "range") input.ariaValueText = standing(lens, input.name);
  }
  if (view.drawing) writeDrawing(view);
}

// A slider that is not to tell how long a run is reaches twice as far once it has come to its end,
// though not under a hand that holds it; at the end of the run it stands at its own.
function lengthen(input, { first, count }, at) {
  const last = count - 1;
  if (!first || Number(input.max) === last || input.matches(":active")) return;
  while (at < last && at >= input.max) input.max *= 2;
  if (at === last) input.max = last;
}

// What a control stands at, in its own format.
function standing(lens, name) {
  return lens.words([{ value: { name } }]);
}

// What a screen reader is told once things have come to rest.
function speak(view) {
  const { scene, status, canvases, lens } = view;
  lens.forget();
  const ring = view.drawing ? ringInWords(view) : "";
  say(status, [lens.words(scene.status), ring].join(" ").trim());
  for (const canvas of canvases) canvas.ariaLabel = lens.words(scene.texts[canvas.dataset.label]);
}
