// The state of one view: where its controls stand, what its picture shows, and what Python said.
//
// Text and picture are always of one state, `shown`. It follows `wanted`, where the controls
// stand, at once where the table answers. Where the picture is of an exact place that only Python
// knows, it waits for Python's next answer, but not for ever: the table knows the place coarsely,
// and a coarse answer between two exact ones would make the picture jump. Where the table knows the
// start alone, the scene `keeps` what Python said last, and every answer counts.

const PATIENCE = 500; // milliseconds

function makeState(controls, { clock, restarting, asking, keeps, complete }, refresh) {
  const wanted = {};
  const shown = {};
  const live = {}; // arrays of Python, for the state that is shown
  const asked = new Map(); // the states Python has been asked about, by number
  let number = 0;
  let exact = null; // the place a hand chose, as long as its controls stay
  let answers = false; // whether Python has been answering lately
  let waiting; // for an answer; the timer that ends it

  function put(into, changes) {
    for (const [name, index] of Object.entries(changes)) {
      into[name] = clamp(index, 0, controls[name].count - 1);
    }
  }

  function catchUp(arrays) {
    clearTimeout(waiting);
    waiting = undefined;
    if (arrays || !keeps) for (const name in live) delete live[name];
    Object.assign(shown, wanted);
    Object.assign(live, arrays);
    refresh();
  }

  function wait() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      answers = false;
      catchUp();
    }, PATIENCE);
  }

  // By hand; whatever a hand can set on the picture starts a run anew. Returns what to ask Python
  // (`known` where the table answers), or nothing where only time has passed or Python's last
  // answer still holds.
  function change(changes, place) {
    const starts = Object.keys(changes).some((name) => restarting.has(name));
    if (Object.keys(changes).join() === clock?.name) {
      pass(changes[clock.name]);
      return null;
    }
    const all = starts && clock ? { ...changes, [clock.name]: 0 } : changes;
    if (!Object.keys(changes).some((name) => asking.has(name))) {
      for (const each of [wanted, shown]) put(each, all);
      refresh();
      return null;
    }
    if (starts) exact = place ?? null;
    put(wanted, all);
    if (exact && answers) wait();
    else catchUp();
    refresh();
    number += 1;
    const known = Boolean(complete && !exact);
    if (!known) asked.set(number, { ...wanted });
    return { state: { ...wanted }, click: exact, number, known };
  }

  // Time passes in what is shown, whatever Python is being asked.
  function pass(frame) {
    for (const each of [wanted, shown]) put(each, { [clock.name]: frame });
    refresh();
  }

  // An answer of Python; one to an older question counts only while the picture waits.
  function answer(about, arrays) {
    const latest = about === undefined || about === number;
    const then = asked.get(about);
    for (const old of asked.keys()) if (old <= about) asked.delete(old);
    answers = true;
    if (latest || keeps) return catchUp(arrays);
    if (waiting === undefined || !then) return;
    const time = clock && { [clock.name]: shown[clock.name] };
    const now = { ...wanted };
    Object.assign(wanted, then, time);
    catchUp(arrays);
    Object.assign(wanted, now);
    wait();
  }

  // Nothing that Python was asked about is shown any longer.
  function forget() {
    exact = null;
    answers = false;
    for (const name of asking) wanted[name] = controls[name].start;
    catchUp({});
  }

  const starts = Object.values(controls).map((control) => [control.name, control.start]);
  put(wanted, Object.fromEntries(starts));
  put(shown, wanted);
  return { wanted, shown, live, change, pass, answer, forget };
}
