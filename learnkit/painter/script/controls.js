// The whole: controls, pointer and keys, time, and Python where it listens.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

async function render({ model, el }) {
  const scene = model.get("scene"),
    state = {},
    table = {},
    live = {}; // live: what Python says of this state
  const controls = Object.fromEntries(scene.controls.map((control) => [control.name, control]));
  const lens = makeLens(scene, controls, state, [live, table]),
    clock = scene.controls.find(({ fps }) => fps);
  for (const name in lens.markers) lens.markers[name] = new Path2D(lens.markers[name]);
  await unpack(model.get("table"), table);
  el.innerHTML = scene.markup; // made in Python, which escapes every text in it
  const root = el.firstElementChild,
    all = (tag) => root.querySelectorAll(tag),
    style = getComputedStyle(root);
  lens.theme = (colour) => (colour ? style.getPropertyValue(`--${colour}`) : style.fontFamily);
  const say = (node, text) => {
    if (node.textContent !== text) node.textContent = text;
  };
  const panels = scene.panels.map((spec, i) => ({
    spec,
    canvas: all("canvas")[i],
    cache: {},
    held: new Set(),
    camera: { ...spec.camera },
  }));
  let request = 0,
    before = 0,
    playing = false,
    seen = true,
    settling;
  function paint(panel) {
    const { canvas, spec } = panel,
      { clientWidth: width, clientHeight: height } = canvas;
    const ratio = devicePixelRatio,
      ctx = canvas.getContext("2d");
    const pen = (panel.pen = makePen({ ...panel, ctx, width, height, ratio }, lens));
    Object.assign(canvas, { width: width * ratio, height: height * ratio }); // and wiped
    ctx.scale(ratio, ratio);
    for (const layer of spec.layers) {
      ctx.save();
      if (layer.clip) ctx.clip(pen.plot);
      ctx.translate(0, layer.down ?? 0);
      LAYERS[layer.draw](pen, layer);
      ctx.restore();
    }
  }
  function tick(now) {
    // the only place that paints; it comes again only while something moves
    const seconds = Math.min(0.1, (now - before) / 1000);
    [request, before] = [0, now];
    if (playing) show({ [clock.name]: state[clock.name] + seconds * clock.fps });
    if (playing && state[clock.name] >= clock.count - 1) play(false);
    for (const panel of panels)
      for (const key of panel.held) turn(panel, ...ARROWS[key].map((v) => v * seconds * 1.6));
    for (const panel of panels) if (panel.canvas.clientWidth) paint(panel);
    for (const node of all("[data-text]")) say(node, lens.words(scene.texts[node.dataset.text]));
    for (const input of all("[name]")) input.value = Math.floor(state[input.name]);
    for (const range of all("[type=range]"))
      range.ariaValueText = lens.words([{ value: { name: range.name } }]);
  }
  function refresh() {
    lens.forget();
    clearTimeout(settling); // the status line speaks when things have come to rest
    settling = setTimeout(() => {
      say(all("[role=status]")[0], lens.words(scene.status));
      for (const canvas of all("canvas"))
        canvas.ariaLabel = lens.words(scene.texts[canvas.dataset.label]);
    }, 250);
    request ||= seen && requestAnimationFrame(tick);
  }
  function show(changes) {
    // new indices for controls
    for (const name in changes) state[name] = clamp(changes[name], 0, controls[name].count - 1);
    refresh();
  }
  function change(changes, click) {
    // by hand; whatever a click can set starts a run anew
    if (clock && scene.panels.some(({ click }) => click?.some((name) => name in changes)))
      changes[clock.name] = 0;
    show(changes);
    if (Object.keys(changes).join() === clock?.name) return; // a step leaves what Python said of the run
    for (const name in live) delete live[name];
    root.dispatchEvent(
      new CustomEvent("learnkit-change", { bubbles: true, detail: { state, click } }),
    );
  }
  function play(on) {
    // for whoever wants less motion, a step
    const step = Math.floor(state[clock.name]),
      calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    [playing, before] = [on && !calm, performance.now()];
    say(all("[value=play]")[0], playing ? "Pause" : "Play");
    change({ [clock.name]: on && step >= clock.count - 1 ? 0 : step + (on && calm) });
  }
  function turn({ camera }, sideways, up) {
    camera.azimuth += sideways;
    camera.elevation = clamp(camera.elevation + up, 0.05, 1.5);
    refresh();
  }
  function point({ pen, spec }, { offsetX, offsetY }) {
    // sets controls to the values nearest to the click
    if (!pen.holds(offsetX, offsetY)) return; // the rest of the canvas is for labels
    const place = pen.invert(offsetX, offsetY),
      changes = {};
    spec.click.forEach((name, axis) => {
      const far = controls[name]?.values.map((v) => Math.abs(v - place[axis]));
      if (far) changes[name] = far.indexOf(Math.min(...far));
    });
    change(changes, place);
  }
  const dress = () => {
    // light text, told by its green in "rgb(…)" or "color(srgb …)", comes from a dark theme
    root.classList.toggle(
      "lk-dark",
      style.color.match(/[\d.]+/g)[1] > (style.color.startsWith("rgb") ? 127 : 0.5),
    );
    refresh();
  };
  const jump = (to) => {
    play(false);
    change({ [clock.name]: to });
  };
  const press = {
    play: () => play(!playing),
    step: () => jump(state[clock.name] + 1),
    reset: () => jump(0),
  };
  press.mark = ({ dataset }) => jump(Number(dataset.frame));
  root.addEventListener("click", ({ target }) => press[target.value]?.(target));
  root.addEventListener("input", ({ target }) => change({ [target.name]: Number(target.value) }));
  root.addEventListener("keydown", (event) => {
    // the host has its own plans for keys, and gets those with Ctrl
    const { key, ctrlKey, metaKey, shiftKey } = event,
      theirs = ctrlKey || metaKey || (shiftKey && key === "Enter");
    event.stopPropagation(); // and below its own mark for "not my keys" tells it of those that are
    if (theirs && !root.parentElement.dispatchEvent(new KeyboardEvent("keydown", event)))
      event.preventDefault();
  });
  root.addEventListener("transitionend", dress); // the inherited colour changed: another theme
  for (const panel of panels) {
    const { canvas, spec, held } = panel;
    canvas.onpointerdown = canvas.onpointermove = (event) => {
      if (event.type === "pointerdown") canvas.setPointerCapture(event.pointerId);
      if (event.buttons & 1 && spec.click) point(panel, event);
      if (event.buttons & 1 && spec.z) turn(panel, -event.movementX / 100, event.movementY / 100);
    };
    canvas.onkeydown = (event) => {
      const arrow = ARROWS[event.key];
      if (!arrow) return;
      event.preventDefault();
      spec.click?.forEach((name, axis) => name && change({ [name]: state[name] + arrow[axis] }));
      if (spec.z && !held.has(event.key)) turn(panel, ...arrow.map((v) => v / 20));
      if (spec.z) held.add(event.key);
    };
    canvas.onkeyup = ({ key }) => held.delete(key);
    canvas.onblur = () => held.clear();
  }
  new ResizeObserver(refresh).observe(root);
  new IntersectionObserver((found) => {
    seen = found.at(-1).isIntersecting;
    dress();
  }).observe(root);
  root.addEventListener("learnkit-news", ({ detail }) =>
    // by Python
    unpack(detail.arrays, detail.keep ? table : live).then(() => show(detail.state)),
  );
  show(Object.fromEntries(scene.controls.map(({ name, start }) => [name, start])));
  dress();
}

export default { render };
