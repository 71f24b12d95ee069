// One view of a scene: its state, its clock, its hands, and the only place that paints.

const REST = 250; // milliseconds after which the status is said and the pictures are named

async function render({ model, el }) {
  const scene = model.get("scene");
  const table = {};
  await unpack(model.get("table"), table);
  const view = makeView(scene, table, el);
  listen(view, table);
  view.theme.dress();
  view.refresh();
}

function makeView(scene, table, el) {
  const page = makePage(el, scene);
  const { root, panels } = page;
  const controls = Object.fromEntries(scene.controls.map((control) => [control.name, control]));
  const time = scene.controls.find(({ fps }) => fps);
  const view = { scene, controls, python: false, ...page };
  view.id = Math.random().toString(36).slice(2, 10); // tells this view's questions from its twin's
  root.dataset.view = view.id;
  view.refresh = makeRefresh(view);
  const { keeps, complete } = scene;
  const asking = askingBy(scene);
  const roles = { clock: time, restarting: restartingBy(scene, time), asking, keeps, complete };
  view.state = makeState(controls, roles, view.refresh);
  view.clock = makeClock(root, time, view.state);
  view.lens = lensOf(scene, controls, view.state.shown, [view.state.live, table]);
  view.theme = makeTheme(root, view.refresh);
  view.trial = makeTrial(view, table, time);
  view.trails = makeTrails(view, time);
  view.change = (changes, place) => {
    const change = view.state.change(changes, place);
    if (!change) return;
    const { known, ...question } = change;
    view.trails.leave();
    const drawn = structuredClone(view.drawing?.strokes); // it goes on while the question waits
    if (!known) ask(root, { ...question, view: view.id, drawn });
  };
  for (const panel of panels) {
    addHands(panel, view);
    addHandles(panel, view);
  }
  if (scene.controls.some(({ tools }) => tools)) addDrawing(view);
  return view;
}

function lensOf(scene, controls, state, tables) {
  const lens = makeLens(scene, controls, state, tables);
  const outlines = Object.entries(lens.markers).map(([name, path]) => [name, new Path2D(path)]);
  return { ...lens, markers: Object.fromEntries(outlines) };
}

// A lens on a state to try things with, as the run would begin in it and as the table knows it.
function makeTrial(view, table, time) {
  const state = {};
  const lens = lensOf(view.scene, view.controls, state, [table]);
  return () => {
    Object.assign(state, view.state.wanted, time && { [time.name]: 0 });
    return { state, lens };
  };
}

// The controls that a hand on the picture can set: they start a run anew, unless time lasts.
function restartingBy({ panels, controls }, time) {
  if (time?.lasting) return new Set();
  const names = panels.flatMap(({ click = [], handles = [] }) => [
    ...click,
    ...handles.flatMap(({ sets }) => sets),
  ]);
  const drawn = controls.filter(({ tools }) => tools).map(({ name }) => name);
  return new Set([...names, ...drawn].filter(Boolean));
}

// The controls whose changes Python is asked about.
function askingBy({ controls, asks }) {
  return new Set(asks ?? controls.map(({ name }) => name));
}

function ask(root, detail) {
  root.dispatchEvent(new CustomEvent("learnkit-change", { bubbles: true, detail }));
}

// Returns a function that has everything painted in the next frame, and said once at rest.
function makeRefresh(view) {
  let request = 0;
  let before = 0;
  let settling;
  view.seen = true;

  function tick(now) {
    const seconds = Math.min(0.1, (now - before) / 1000);
    request = 0;
    before = now;
    view.clock.advance(now);
    for (const panel of view.panels) turnHeld(panel, view, seconds);
    view.lens.forget();
    write(view); // first, so that text is laid out once: to paint words asks for the layout
    for (const panel of view.panels) paintPanel(panel, view);
    if (view.drawing) paintRing(view.panels[0], view);
    view.trails.watch();
  }

  return function refresh() {
    clearTimeout(settling);
    settling = setTimeout(() => speak(view), REST);
    if (view.seen) request ||= requestAnimationFrame(tick);
  };
}

function paintPanel(panel, view) {
  if (!panel.canvas.clientWidth) return; // hidden, or out of the page
  paint(panel, view.lens, view.theme);
  placeHandles(panel, view);
  follow(panel, view.lens);
}

// What reaches a view from its controls, from its size and place, and from Python.
function listen(view, table) {
  const { root } = view;
  keepKeys(root);
  root.addEventListener("input", ({ target }) => {
    if (target.name in view.controls) view.change({ [target.name]: Number(target.value) });
  });
  root.addEventListener("change", view.refresh); // a slider is let go
  root.addEventListener("learnkit-news", async ({ detail }) => {
    const arrays = {};
    await unpack(detail.arrays, arrays);
    if (!detail.keep) return view.state.answer(detail.number, arrays);
    Object.assign(table, arrays);
    view.refresh();
  });
  root.addEventListener("learnkit-python", ({ detail }) => {
    view.python = detail.answers;
    if (view.drawing && !view.python) forgetDrawing(view);
    view.refresh();
  });
  root.dispatchEvent(new CustomEvent("learnkit-open", { bubbles: true }));
  new ResizeObserver(view.refresh).observe(root);
  new IntersectionObserver((found) => {
    view.seen = found.at(-1).isIntersecting;
    view.theme.dress();
    view.refresh();
  }).observe(root);
}

export default { render };
