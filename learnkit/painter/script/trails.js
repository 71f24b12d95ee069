// Trails: the paths that earlier runs leave, faint, until they are cleared.
//
// A run leaves its path when its settings change, so that it can be compared with the next; the
// same run played again leaves none.

const MOST_TRAILS = 12;

function groundOf({ ground }, { evaluate }) {
  return pick(evaluate(ground), 0);
}

// The paths of a layer that lie on the ground which is shown.
function trailsOn(layer, lens) {
  const ground = groundOf(layer, lens);
  return (layer.paths ?? []).filter((path) => path.ground === ground);
}

function makeTrails(view, time) {
  const { root, scene, state } = view;
  const all = scene.panels.flatMap(({ layers }) => layers);
  const layers = all.filter(({ draw }) => draw === "trails");
  if (!time || layers.length === 0) return { watch() {}, leave() {} };
  const button = addClear(root, clear);
  let begun = 0; // the frame in which the present settings were made
  let reached = 0; // the furthest frame of the present run

  // Remembers how far a run has come, once that is painted.
  function watch() {
    button.hidden = !layers.some((layer) => trailsOn(layer, view.lens).length);
    const frame = Math.floor(state.shown[time.name]);
    const still = frame === begun || frame !== Math.floor(state.wanted[time.name]);
    if (still || frame <= reached) return;
    reached = frame;
    for (const layer of layers) {
      layer.run = placesOf(layer.at, view.lens.evaluate, (...place) => place);
      layer.run.ground = groundOf(layer, view.lens);
    }
  }

  // Called when settings have changed.
  function leave() {
    if (reached) {
      for (const layer of layers) {
        layer.paths = [...(layer.paths ?? []), layer.run].slice(-MOST_TRAILS);
      }
    }
    begun = Math.floor(state.wanted[time.name]);
    reached = 0;
  }

  function clear() {
    for (const layer of layers) layer.paths = [];
    root.querySelector("[value=play]").focus(); // it is about to vanish under the focus
    button.hidden = true;
    view.refresh();
  }

  return { watch, leave };
}

function addClear(root, clear) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "lk-clear", hidden: true });
  button.textContent = "Clear trails";
  button.dataset.lmSuppressShortcuts = "true";
  button.addEventListener("click", clear);
  root.querySelector(".lk-speed").parentNode.append(button); // last, so that nothing moves aside
  return button;
}
