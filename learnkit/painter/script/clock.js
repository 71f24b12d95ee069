// Time: play, pause, step, reset, marks and speed of a scene that has frames.

const SPEEDS = [0.5, 1, 2, 4];

function makeClock(root, control, state) {
  const name = control?.name;
  let playing = false;
  let before = 0;
  let speed = 1;

  function play(on) {
    const step = Math.floor(state.wanted[name]);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    playing = on && !calm; // whoever wants less motion gets a step
    before = performance.now();
    say(root.querySelector("[value=play]"), playing ? "Pause" : "Play");
    const again = on && step >= control.count - 1;
    state.pass(again ? 0 : step + (on && calm ? 1 : 0));
  }

  function jump(to) {
    play(false);
    state.pass(to);
  }

  // Moves on by the time since it was last asked.
  function advance(now) {
    const seconds = Math.min(0.1, (now - before) / 1000);
    before = now;
    if (!playing) return;
    state.pass(state.wanted[name] + seconds * control.fps * speed);
    if (state.wanted[name] >= control.count - 1) play(false);
  }

  const presses = {
    play: () => play(!playing),
    step: () => jump(Math.floor(state.wanted[name]) + 1),
    reset: () => jump(0),
    mark: ({ dataset }) => jump(Number(dataset.frame)),
  };
  root.addEventListener("click", ({ target }) => presses[target.value]?.(target));
  if (control) addSpeed(root, (chosen) => (speed = chosen));
  return { advance, play, name };
}

// A choice of speeds behind the buttons of a run.
function addSpeed(root, choose) {
  const select = document.createElement("select");
  select.className = "lk-speed";
  select.ariaLabel = "speed";
  select.dataset.lmSuppressShortcuts = "true";
  for (const speed of SPEEDS) {
    select.add(new Option(`${speed === 0.5 ? "½" : speed}×`, speed, speed === 1, speed === 1));
  }
  select.addEventListener("input", (event) => {
    event.stopPropagation(); // it is no control of the scene
    choose(Number(select.value));
  });
  root.querySelector("[value=reset]").after(select);
}
