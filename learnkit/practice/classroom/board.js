// Looks again every few seconds; what is open stays open, and the focus stays where it is.
const room = document.getElementById("room");
const SECONDS = 4;

async function look() {
  const answer = await fetch(`room${location.search}`, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return;
  const text = await answer.text();
  if (text !== room.shown) renew(text);
}

function renew(text) {
  const open = [...room.querySelectorAll("details[open]")].map((each) => each.id);
  const focus = document.activeElement.closest("[id]")?.id;
  const inSummary = document.activeElement.tagName === "SUMMARY";
  room.innerHTML = room.shown = text;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  const place = focus && focus !== "room" && document.getElementById(focus);
  if (place) (inSummary ? place.querySelector("summary") : place).focus();
}

setInterval(look, SECONDS * 1000);
