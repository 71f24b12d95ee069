// Numbers as learners type them. These are the rules of typed.py and quiz.py; one table of cases is tried on both.

const ONE_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

// The number that was typed, or the name of the sentence that says why it is none.
function readNumber(typed, { unit, least, most, whole }) {
  let written = typed.replace(/\s+/g, "").replaceAll("\u2212", "-");
  const tail = unit.replace(/\s+/g, "");
  if (tail && written.endsWith(tail)) written = written.slice(0, -tail.length);
  written = written.replace(/(\d)_(?=\d)/g, "$1");
  if (/^[+-]?\d{1,3}(,\d{3}){2,}$/.test(written)) written = written.replaceAll(",", "");
  if (written.includes(",")) return "comma";
  const parts = written.split("/");
  if (parts.length > 2 || !parts.every((part) => ONE_NUMBER.test(part))) return "unreadable";
  const number = parts.length === 2 ? parts[0] / parts[1] : Number(parts[0]);
  if (!Number.isFinite(number)) return "unreadable";
  if (number < (least ?? -Infinity) || number > (most ?? Infinity)) return "outside";
  return whole && !Number.isInteger(number) ? "broken" : number;
}

// What to say to a typed answer: a name in `say`, or the index of a feedback of its own.
function judge(typed, rules) {
  const number = readNumber(typed, rules);
  if (typeof number === "string") return number;
  if (Math.abs(number - rules.answer) <= rules.tolerance) return "correct";
  const distances = rules.feedback.map((wrong) => Math.abs(number - wrong));
  const near = distances.filter(
    (distance, index) => distance <= usualTolerance(rules.feedback[index]),
  );
  return near.length ? distances.indexOf(Math.min(...near)) : whatIsOff(number, rules);
}

function usualTolerance(number) {
  return Number.isInteger(number) ? 0 : Math.abs(number) / 1000;
}

function whatIsOff(number, { answer, tolerance, percent }) {
  if (!answer || !number) return "other";
  const share = Math.max(Math.min(tolerance / Math.abs(answer), 1e-3), 1e-9);
  const is = (wrong) => Math.abs(number - wrong) <= share * Math.abs(wrong);
  if (is(-answer)) return "sign";
  if (is(1 / answer)) return "reciprocal";
  const power = Math.round(Math.log10(Math.abs(number / answer)));
  if (!power || !is(answer * 10 ** power)) return "other";
  return percent && Math.abs(power) === 2 ? "percent" : "ten";
}

// As `write_number` in typed.py writes it: six significant digits unless it is whole.
function writeNumber(number, unit) {
  const [digits, power] = number.toExponential(5).split("e");
  let text = String(Number(number.toPrecision(6)));
  if (Number.isInteger(number) && Math.abs(number) < 1e15) {
    text = Math.abs(number) >= 1e6 ? number.toLocaleString("en-US") : String(number);
  } else if (power < -4 || power >= 6) {
    text = `${Number(digits)}e${power[0]}${power.slice(1).padStart(2, "0")}`;
  }
  return `${text} ${unit}`.trim();
}
