// What a view says: every text of its page is written here, from the state that is shown.

function write({ root, scene, line, lens, state }) {
  for (const node of root.querySelectorAll("[data-text]")) {
    say(node, lens.words(scene.texts[node.dataset.text]));
  }
  if (line) say(line, lens.words(scene.status));
  for (const input of root.querySelectorAll("[name]")) {
    input.value = Math.floor(state.wanted[input.name]);
    if (input.type === "range") input.ariaValueText = standing(lens, input.name);
  }
}

// What a control stands at, in its own format.
function standing(lens, name) {
  return lens.words([{ value: { name } }]);
}

// What a screen reader is told once things have come to rest.
function speak({ scene, status, canvases, lens }) {
  lens.forget();
  say(status, lens.words(scene.status));
  for (const canvas of canvases) canvas.ariaLabel = lens.words(scene.texts[canvas.dataset.label]);
}
