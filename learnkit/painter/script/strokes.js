// Strokes on a canvas, by mouse, pen and finger, and by keys, for whoever says what they do.
//
// hand: draws(event), whether a press there begins a stroke; begin(event), extend(event) and end()
// of a stroke; step([across, up]) of a cursor, press(key) of Space or Enter, and undo(), by keys.

function addStrokes(canvas, hand) {
  let pointer = null; // of several fingers the first draws
  canvas.addEventListener("pointerdown", (event) => {
    if (!(event.buttons & 1) || pointer !== null || !hand.draws(event)) return;
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    hand.begin(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const each of passed.length ? passed : [event]) hand.extend(each);
  });
  canvas.addEventListener("lostpointercapture", () => {
    pointer = null;
    hand.end();
  });
}

function addStrokeKeys(canvas, hand) {
  canvas.addEventListener("keydown", (event) => {
    const { key } = event;
    const arrow = ARROWS[key];
    const presses = key === " " || key === "Enter";
    if (isTheirs(event) || event.shiftKey) return;
    if (!hand.draws() || !(arrow || presses || key === "Backspace")) return;
    event.preventDefault();
    if (arrow) hand.step(arrow);
    else if (key === "Backspace") hand.undo();
    else if (!event.repeat) hand.press(key);
  });
}
