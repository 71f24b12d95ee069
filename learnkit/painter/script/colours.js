// Colours of heights: they follow the levels, evenly spaced or not.

const SHADES = 256;
const tables = new WeakMap();

// How high v stands among the levels: 0 at the first, 1 at the second, …
function rankOf(v, levels) {
  let i = 0;
  while (i < levels.length - 2 && v > levels[i + 1]) i += 1;
  const part = (v - levels[i]) / (levels[i + 1] - levels[i]);
  return clamp(i + part, 0, levels.length - 1);
}

// The palette as SHADES rows of red, green and blue.
function shadesOf(palette) {
  if (!tables.has(palette)) {
    const shades = new Uint8ClampedArray(3 * SHADES);
    for (let i = 0; i < SHADES; i += 1) {
      const t = (i / SHADES) * (palette.length - 1);
      const [low, high] = [palette[Math.floor(t)], palette[Math.floor(t) + 1]];
      for (let k = 0; k < 3; k += 1) shades[3 * i + k] = mix(low[k], high[k], t);
    }
    tables.set(palette, shades);
  }
  return tables.get(palette);
}

function shadeIndex(rank, levels) {
  return Math.min(SHADES - 1, Math.floor((rank / (levels.length - 1)) * SHADES));
}
