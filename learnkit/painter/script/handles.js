// Handles: places of the picture that a hand takes hold of. Each is an element of its own over
// the canvas, moved by mouse, by finger and by arrow keys, and it sets the controls it names.

const ROUNDS = 3; // in which the controls of a handle are searched in turn

function addHandles(panel, view) {
  panel.handles = (panel.spec.handles ?? []).map((spec) => addHandle(panel, view, spec));
}

function addHandle(panel, view, spec) {
  const knob = document.createElement("div");
  knob.className = `lk-handle${spec.quiet ? " lk-quiet" : ""}`;
  knob.tabIndex = 0;
  knob.role = "slider";
  knob.ariaLabel = view.lens.words(spec.label);
  knob.ariaRoleDescription = "handle";
  knob.dataset.lmSuppressShortcuts = "true";
  const control = view.controls[spec.sets[0]];
  knob.ariaValueMin = 0;
  knob.ariaValueMax = control.count - 1;
  panel.stage.append(knob);
  const handle = { knob, spec };
  knob.addEventListener("pointerdown", (event) => {
    if (!(event.buttons & 1)) return;
    knob.setPointerCapture(event.pointerId);
    knob.classList.add("lk-held");
    handle.grip = gripOf(panel, knob, event);
    handle.down = [event.clientX, event.clientY];
  });
  knob.addEventListener("pointermove", (event) => {
    if (handle.grip) drag(panel, view, handle, event);
  });
  knob.addEventListener("click", (event) => {
    if (isSwitch(view, spec) && isTap(handle, event)) turnOver(view, spec);
  });
  knob.addEventListener("lostpointercapture", () => {
    handle.grip = null;
    knob.classList.remove("lk-held");
  });
  knob.addEventListener("keydown", (event) => stepHandle(view, spec, event));
  return handle;
}

// A handle of one control with two positions is a switch: a tap, Enter or Space turns it over.
function isSwitch({ controls }, { sets }) {
  return sets.length === 1 && controls[sets[0]].count === 2;
}

function isTap({ down }, { clientX, clientY }) {
  return !down || Math.hypot(clientX - down[0], clientY - down[1]) < SLACK / 2;
}

function turnOver(view, { sets: [name] }) {
  view.change({ [name]: 1 - Math.floor(view.state.wanted[name]) });
}

// How far the pointer is from the middle of the handle, so that it does not jump under the hand.
function gripOf(panel, knob, { clientX, clientY }) {
  const box = knob.getBoundingClientRect();
  return [clientX - box.left - box.width / 2, clientY - box.top - box.height / 2];
}

function drag(panel, view, { spec, grip }, { clientX, clientY }) {
  const { pen, canvas } = panel;
  if (!pen) return;
  const corner = canvas.getBoundingClientRect();
  const at = { x: clientX - grip[0] - corner.left, y: clientY - grip[1] - corner.top };
  const wanted = pen.inside(at);
  const changes = nearestState(pen, view, spec, wanted);
  view.change(changes, pen.invert(wanted.x, wanted.y));
}

// The positions of a handle's controls for which it stands nearest to a point of the picture.
function nearestState(pen, view, { at, sets }, wanted) {
  const { state, lens } = view.trial();
  const distance = () => {
    lens.forget();
    const [p] = placesOf(at, lens.evaluate, pen.project);
    return finite(p) ? Math.hypot(p.x - wanted.x, p.y - wanted.y) : Infinity;
  };
  for (let round = 0; round < (sets.length > 1 ? ROUNDS : 1); round += 1) {
    for (const name of sets) {
      const far = count(view.controls[name].count).map((index) => {
        state[name] = index;
        return distance();
      });
      state[name] = far.indexOf(Math.min(...far));
    }
  }
  return Object.fromEntries(sets.map((name) => [name, state[name]]));
}

// An arrow key moves one control by one value; of two controls the second goes up and down.
function stepHandle(view, spec, event) {
  const { sets } = spec;
  if (isTheirs(event)) return;
  if (isSwitch(view, spec) && ["Enter", " "].includes(event.key)) {
    event.preventDefault();
    turnOver(view, spec);
    return;
  }
  const arrow = ARROWS[event.key];
  if (!arrow) return;
  event.preventDefault();
  const [across, up] = arrow;
  const [name, by] = sets.length > 1 && up ? [sets[1], up] : [sets[0], across + up];
  view.change({ [name]: view.state.wanted[name] + by });
}

// Puts the handles where the picture is, and says where they stand.
function placeHandles(panel, view) {
  for (const { knob, spec } of panel.handles) {
    const [p] = panel.pen.points(spec.at);
    knob.hidden = !finite(p) || (spec.live && !view.python);
    if (knob.hidden) continue;
    const { x, y } = panel.pen.inside(p);
    knob.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`;
    const texts = spec.sets.map((name) => standingOf(view, name));
    knob.ariaValueText = texts.join(", ");
    knob.ariaValueNow = Math.floor(view.state.wanted[spec.sets[0]]);
  }
}

function standingOf({ controls, lens }, name) {
  return `${controls[name].label} ${standing(lens, name)}`;
}
