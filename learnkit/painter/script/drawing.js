// A drawing on the first picture, made by hand while Python answers: a tool is taken up, a press
// puts down a point, a stroke a row of them, as far apart as the control says. Python hears of all
// strokes; what comes of them, the page learns from its answer.

const CELLS = 24; // steps of the ring from one side to the other, by keys

function addDrawing(view) {
  const control = view.scene.controls.find(({ tools }) => tools);
  const [panel] = view.panels;
  const drawing = {
    control,
    canvas: panel.canvas,
    bar: view.root.querySelector(".lk-drawing"),
    strokes: control.strokes, // each [tool, points]
    tool: null, // the index of the one in hand
    stroke: null, // the one being drawn
    down: false, // the pen of the keyboard
    at: null, // the place of the ring, where a point would come
  };
  view.drawing = drawing;
  const hand = handOf(drawing, panel, view);
  addStrokes(panel.canvas, hand);
  addStrokeKeys(panel.canvas, hand);
  panel.canvas.addEventListener("pointermove", (event) => {
    if (hand.draws(event)) moveRing(drawing, view, hand.placeOf(event));
  });
  panel.canvas.addEventListener("blur", () => lift(drawing, view));
  const presses = { tool: takeUp, undo: undoStroke, clear: clearStrokes };
  drawing.bar.addEventListener("click", ({ target }) =>
    presses[target.value]?.(drawing, view, panel, target),
  );
}

// ---------------------------------------------------------------- what is drawn

function drawnOf({ strokes }) {
  return strokes.reduce((sum, [, points]) => sum + points.length, 0);
}

function isFull(drawing) {
  return drawnOf(drawing) >= drawing.control.most;
}

function beginStroke(drawing, view, place) {
  if (isFull(drawing)) return;
  pause(view);
  drawing.stroke = [drawing.tool, []];
  drawing.strokes = [...drawing.strokes, drawing.stroke];
  putPoint(drawing, view, place);
}

function putPoint(drawing, view, place) {
  drawing.stroke[1].push(place.map((v) => Number(v.toPrecision(4)))); // as fine as a hand, to read
  tellDrawing(drawing, view, place);
}

// A row of points along the way of the hand, however fast it was.
function extendStroke(drawing, view, place) {
  const { stroke, control } = drawing;
  moveRing(drawing, view, place);
  while (stroke && !isFull(drawing)) {
    const last = stroke[1].at(-1);
    const part = control.apart / Math.hypot(place[0] - last[0], place[1] - last[1]);
    if (!(part <= 1)) return;
    putPoint(
      drawing,
      view,
      last.map((v, axis) => v + part * (place[axis] - v)),
    );
  }
}

// The hand is lifted: the run begins.
function endStroke(drawing, view) {
  if (!drawing.stroke) return;
  drawing.stroke = null;
  run(view);
}

function lift(drawing, view) {
  drawing.down = false;
  endStroke(drawing, view);
  view.refresh();
}

function undoStroke(drawing, view) {
  if (drawing.strokes.length) replaceStrokes(drawing, view, drawing.strokes.slice(0, -1));
}

function clearStrokes(drawing, view) {
  replaceStrokes(drawing, view, []);
}

function replaceStrokes(drawing, view, strokes) {
  const { bar } = drawing;
  Object.assign(drawing, { strokes, stroke: null, down: false });
  // a button is about to vanish under the focus
  if (!strokes.length && bar.contains(document.activeElement)) bar.querySelector("button").focus();
  pause(view);
  tellDrawing(drawing, view, null);
  run(view);
}

function tellDrawing(drawing, view, place) {
  view.change({ [drawing.control.name]: drawnOf(drawing) }, place);
}

function pause({ clock }) {
  if (clock.name) clock.play(false);
}

function run({ clock }) {
  if (clock.name) clock.play(true);
}

// Python has gone, and with it what it alone knew.
function forgetDrawing({ drawing, state }) {
  Object.assign(drawing, { strokes: drawing.control.strokes, stroke: null, tool: null });
  state.forget();
}

// ---------------------------------------------------------------- hands

function handOf(drawing, panel, view) {
  const placeOf = ({ clientX, clientY }) => {
    const corner = panel.canvas.getBoundingClientRect();
    const { x, y } = panel.pen.inside({ x: clientX - corner.left, y: clientY - corner.top });
    return panel.pen.invert(x, y);
  };
  const onAxes = ({ offsetX, offsetY }) => panel.pen.holds(offsetX, offsetY);
  const ends = () =>
    [panel.spec.x, panel.spec.y].map(({ range }) => view.lens.evaluate(range).data);
  return {
    placeOf,
    draws: (event) => view.python && drawing.tool !== null && (!event || onAxes(event)),
    begin(event) {
      drawing.down = false;
      drawing.stroke = null;
      drawing.at = placeOf(event);
      beginStroke(drawing, view, drawing.at);
    },
    extend: (event) => extendStroke(drawing, view, placeOf(event)),
    end: () => endStroke(drawing, view),
    step(arrow) {
      const at = ends().map(([low, high], axis) =>
        clamp(drawing.at[axis] + (arrow[axis] * (high - low)) / CELLS, low, high),
      );
      extendStroke(drawing, view, at);
      say(view.status, ringInWords(view)); // at once, whatever runs
    },
    // Enter puts down one; Space begins a row and ends it
    press(key) {
      if (drawing.down) return lift(drawing, view);
      beginStroke(drawing, view, drawing.at);
      drawing.down = key === " ";
      if (!drawing.down) endStroke(drawing, view);
    },
    undo: () => undoStroke(drawing, view),
  };
}

// Takes a tool up, or lays down the one in hand; only with one in hand does a finger draw instead
// of scrolling the page.
function takeUp(drawing, view, { pen, canvas }, { dataset }) {
  const tool = Number(dataset.tool);
  lift(drawing, view);
  drawing.tool = drawing.tool === tool ? null : tool;
  drawing.at ??= pen.invert((pen.box.left + pen.box.right) / 2, (pen.box.top + pen.box.bottom) / 2);
  writeDrawing(view);
  if (drawing.tool !== null) canvas.focus({ preventScroll: true });
}

function moveRing(drawing, view, place) {
  drawing.at = place;
  view.refresh();
}

// ---------------------------------------------------------------- what is seen and said

// A ring where a point would come, as large as its part of a row; a thick one draws.
function paintRing({ pen }, { drawing }) {
  if (!pen || drawing.tool === null) return;
  const { x, y } = pen.project(...drawing.at);
  const radius = pen.extent([drawing.control.apart / 2, 0])[0];
  const ring = new Path2D();
  ring.arc(x, y, radius, 0, 7);
  pen.stroke(ring, { width: drawing.stroke ? 4 : 2, halo: true });
}

function writeDrawing(view) {
  const { drawing } = view;
  const { bar, canvas, tool } = drawing;
  const [buttons, note] = bar.children;
  buttons.hidden = !view.python;
  for (const button of bar.querySelectorAll("[value=tool]")) {
    button.ariaPressed = Number(button.dataset.tool) === tool;
  }
  for (const button of bar.querySelectorAll(".lk-clear")) {
    button.hidden = !drawing.strokes.length;
  }
  say(note, noteOf(drawing, view));
  const draws = view.python && tool !== null;
  canvas.classList.toggle("lk-draws", draws);
  canvas.role = draws ? "application" : "img";
  if (draws) Object.assign(canvas, { tabIndex: 0 }).dataset.lmSuppressShortcuts = "true";
  else canvas.removeAttribute("tabindex");
}

function noteOf(drawing, { python }) {
  if (!python) {
    return "Only while Python runs can you draw and drag here; without it the run plays as it stands.";
  }
  if (isFull(drawing)) {
    return `All ${drawing.control.most} that there is room for are drawn: Undo or Clear makes room.`;
  }
  if (drawing.tool === null) return "";
  return "A press puts one down, a stroke a row. By keys: arrows move the ring, Enter puts one down, Space begins and ends a row.";
}

// For whoever moves the ring by keys.
function ringInWords({ drawing }) {
  if (drawing.tool === null || document.activeElement !== drawing.canvas) return "";
  const [x, y] = drawing.at.map((v) => digits(v, { places: 2 }));
  return `The ring is at (${x}, ${y})${drawing.down ? ", drawing" : ""}.`;
}
