// Hands on the picture itself: a click or a tap sets, a mouse that is held goes on setting, a
// surface is turned, and a finger that swipes scrolls the page.

const TURN = 0.01; // radians a pixel
const SLACK = 8; // pixels that a finger moves before it means a direction

function addHands(panel, view) {
  addPointer(panel, view);
  addArrowKeys(panel, view);
}

function addPointer(panel, view) {
  const { canvas, spec } = panel;
  let grip = null; // where the pointer went down, and where it was last

  canvas.addEventListener("pointerdown", (event) => {
    const finger = event.pointerType === "touch";
    const place = [event.clientX, event.clientY];
    grip = { finger, down: place, last: place, turns: !finger };
    if (event.buttons & 1 && !finger) {
      canvas.setPointerCapture(event.pointerId);
      choose(panel, view, event);
    }
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!(event.buttons & 1) || !grip) return;
    if (spec.z) turnWith(panel, view, grip, event);
    if (!grip.finger) choose(panel, view, event);
  });
  canvas.addEventListener("pointercancel", () => (grip = null)); // the page scrolls
  canvas.addEventListener("click", (event) => {
    if (grip?.finger) choose(panel, view, event);
    grip = null;
  });
}

// A mouse turns both ways; a finger only sideways, once it means to.
function turnWith(panel, view, grip, { clientX, clientY }) {
  const [across, down] = [Math.abs(clientX - grip.down[0]), Math.abs(clientY - grip.down[1])];
  grip.turns ||= across > SLACK && across > down;
  const [dx, dy] = [clientX - grip.last[0], clientY - grip.last[1]];
  grip.last = [clientX, clientY];
  if (grip.turns) turn(panel, view, -dx * TURN, grip.finger ? 0 : dy * TURN);
}

function turn({ camera }, view, sideways, up) {
  camera.azimuth += sideways;
  camera.elevation = clamp(camera.elevation + up, 0.05, 1.5);
  view.refresh();
}

// Sets the controls that a click can set to the values nearest to it.
function choose({ pen, spec }, view, { offsetX, offsetY }) {
  if (!spec.click || !pen?.holds(offsetX, offsetY)) return; // the rest of the canvas is for labels
  const place = pen.invert(offsetX, offsetY);
  const changes = {};
  spec.click.forEach((name, axis) => {
    const values = view.controls[name]?.values;
    if (values) changes[name] = nearest(values, place[axis]);
  });
  view.change(changes, place);
}

function nearest(values, wanted) {
  const far = values.map((value) => Math.abs(value - wanted));
  return far.indexOf(Math.min(...far));
}

function addArrowKeys(panel, view) {
  const { canvas, spec, held } = panel;
  canvas.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    spec.click?.forEach((name, axis) => {
      if (name && arrow[axis]) view.change({ [name]: view.state.wanted[name] + arrow[axis] });
    });
    if (!spec.z || held.has(event.key)) return;
    turn(panel, view, ...arrow.map((part) => part / 20));
    held.add(event.key);
  });
  canvas.addEventListener("keyup", ({ key }) => held.delete(key));
  canvas.addEventListener("blur", () => held.clear());
}

// Goes on turning while an arrow key is held.
function turnHeld(panel, view, seconds) {
  for (const key of panel.held) {
    turn(panel, view, ...ARROWS[key].map((part) => part * seconds * 1.6));
  }
}
