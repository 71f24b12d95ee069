// A surface in 3-D: a fine mesh, lit at its corners, filled pixel by pixel with the nearest in sight.

const FINER = 2; // pieces of the mesh between two numbers of the grid
const STEPS = 2048; // heights of the box for which colour and nearest contour line are looked up
const LAMP = [-0.42, 0.3, 0.86]; // where the light comes from, over the left shoulder

function paintSurface(pen, ctx, grid, levels) {
  const mesh = meshOf(pen, grid, levels);
  const target = targetFor(pen);
  const { columns, rows } = mesh;
  for (let r = 0; r < rows - 1; r += 1) {
    for (let c = 0; c < columns - 1; c += 1) {
      const i = r * columns + c;
      fillTriangle(target, mesh, i, i + 1, i + columns);
      fillTriangle(target, mesh, i + 1, i + columns + 1, i + columns);
    }
  }
  target.brush.putImageData(target.image, 0, 0);
  ctx.drawImage(target.canvas, 0, 0, pen.width, pen.height);
  outline(pen, ctx, mesh);
}

// The heights of the mesh do not change while it is turned; where its corners are seen does.
function meshOf(pen, grid, levels) {
  const { cache } = pen;
  const { buffer, byteOffset } = grid.data;
  if (cache.mesh?.buffer !== buffer || cache.mesh.byteOffset !== byteOffset) {
    cache.mesh = { buffer, byteOffset, ...fineMesh(pen, grid, levels) };
  }
  const { mesh } = cache;
  const { project } = pen.solid.view;
  for (let i = 0; i < mesh.w.length; i += 1) {
    const p = project(mesh.u[i], mesh.v[i], mesh.w[i]);
    mesh.x[i] = p.x * pen.ratio;
    mesh.y[i] = p.y * pen.ratio;
    mesh.near[i] = p.near;
  }
  return mesh;
}

function fineMesh(pen, { shape: [rows, columns], data }, levels) {
  const wide = FINER * (columns - 1) + 1;
  const tall = FINER * (rows - 1) + 1;
  const mesh = { columns: wide, rows: tall, ...lookUp(pen, levels) };
  for (const part of ["u", "v", "w", "x", "y", "near", "light"]) {
    mesh[part] = new Float32Array(wide * tall);
  }
  for (let i = 0; i < wide * tall; i += 1) {
    const [c, r] = [i % wide, Math.floor(i / wide)];
    const z = smooth(data, rows, columns, c / FINER, r / FINER);
    mesh.u[i] = (2 * c) / (wide - 1) - 1;
    mesh.v[i] = (2 * r) / (tall - 1) - 1;
    mesh.w[i] = pen.solid.toW(z);
  }
  for (let i = 0; i < wide * tall; i += 1) mesh.light[i] = lightAt(mesh, i);
  return mesh;
}

// For each height of the box, from -1 to 1: its colour, and the contour line next to it.
function lookUp(pen, levels) {
  const heights = [...levels].map(pen.solid.toW);
  const lines = heights.slice(1, -1); // the ends are no contour lines
  const shades = shadesOf(pen.palette);
  const colour = new Uint8ClampedArray(3 * STEPS);
  const line = new Float32Array(STEPS).fill(Infinity);
  for (let i = 0; i < STEPS; i += 1) {
    const w = (2 * i) / STEPS - 1;
    const shade = 3 * shadeIndex(rankOf(w, heights), heights);
    for (let k = 0; k < 3; k += 1) colour[3 * i + k] = shades[shade + k];
    if (lines.length) line[i] = lines[nearest(lines, w)];
  }
  return { colour, line };
}

// A grid between its points, without kinks: Catmull and Rom's cubic along both axes.
function smooth(data, rows, columns, c, r) {
  const [i, j] = [Math.floor(c), Math.floor(r)];
  const row = (k) => {
    const start = clamp(k, 0, rows - 1) * columns;
    const at = (n) => data[start + clamp(n, 0, columns - 1)];
    return cubic(at(i - 1), at(i), at(i + 1), at(i + 2), c - i);
  };
  return cubic(row(j - 1), row(j), row(j + 1), row(j + 2), r - j);
}

function cubic(a, b, c, d, t) {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

// How bright the mesh is at a corner: what the lamp gives, and some from everywhere.
function lightAt({ columns, rows, w }, i) {
  const [c, r] = [i % columns, Math.floor(i / columns)];
  const [west, east] = [Math.max(c - 1, 0), Math.min(c + 1, columns - 1)];
  const [south, north] = [Math.max(r - 1, 0), Math.min(r + 1, rows - 1)];
  const rise = (from, to) => FLAT * (w[to] - w[from]);
  const gu = (rise(i - c + west, i - c + east) * (columns - 1)) / (2 * (east - west));
  const gv = (rise(south * columns + c, north * columns + c) * (rows - 1)) / (2 * (north - south));
  const towards = (LAMP[2] - LAMP[0] * gu - LAMP[1] * gv) / Math.hypot(1, gu, gv);
  return 0.52 + 0.52 * Math.max(0, towards);
}

// An empty picture of the panel, and how near what has been painted is in each of its pixels.
function targetFor({ cache, width, height, ratio }) {
  const [wide, tall] = [Math.ceil(width * ratio), Math.ceil(height * ratio)];
  if (cache.target?.wide !== wide || cache.target.tall !== tall) {
    const canvas = new OffscreenCanvas(wide, tall);
    const brush = canvas.getContext("2d");
    const image = brush.createImageData(wide, tall);
    const pixels = new Uint32Array(image.data.buffer);
    const near = new Float32Array(wide * tall);
    cache.target = { wide, tall, canvas, brush, image, pixels, near };
  }
  cache.target.pixels.fill(0);
  cache.target.near.fill(0);
  return cache.target;
}

// Everything in a triangle is a plane over the picture: nearness, height and light. One object
// holds them for the triangle at hand, as thousands of them are filled in every frame; it starts
// with fractions, which keep its fields from being taken for whole numbers.
const plane = { near: 0.5, nearX: 0.5, nearY: 0.5, w: 0.5, wX: 0.5, wY: 0.5, steep: 0.5 };
Object.assign(plane, { light: 0.5, lightX: 0.5, lightY: 0.5, low: 0.5, high: 0.5 });

function fillTriangle(target, mesh, a, b, c) {
  const { x, y } = mesh;
  const area = (x[b] - x[a]) * (y[c] - y[a]) - (x[c] - x[a]) * (y[b] - y[a]);
  if (Math.abs(area) < 1e-9) return;
  layPlanes(mesh, a, b, c, area);
  const top = Math.max(0, Math.ceil(Math.min(y[a], y[b], y[c]) - 0.5));
  const bottom = Math.min(target.tall - 1, Math.floor(Math.max(y[a], y[b], y[c]) - 0.5));
  for (let row = top; row <= bottom; row += 1) {
    const at = row + 0.5;
    plane.low = Infinity;
    plane.high = -Infinity;
    widen(x, y, a, b, at);
    widen(x, y, b, c, at);
    widen(x, y, c, a, at);
    const first = Math.max(0, Math.ceil(plane.low - 0.5));
    const last = Math.min(target.wide - 1, Math.ceil(plane.high - 0.5) - 1);
    if (first <= last) fillRow(target, mesh, row, first, last);
  }
}

// A row of pixels in the triangle reaches to where the edge from p to q crosses it.
function widen(x, y, p, q, at) {
  if (y[p] <= at === y[q] <= at) return;
  const crossing = x[p] + ((at - y[p]) / (y[q] - y[p])) * (x[q] - x[p]);
  if (crossing < plane.low) plane.low = crossing;
  if (crossing > plane.high) plane.high = crossing;
}

// The planes through three corners, each as its value at the picture's corner and two slopes.
function layPlanes({ x, y, near, w, light }, a, b, c, area) {
  const [bx, by] = [(x[b] - x[a]) / area, (y[b] - y[a]) / area];
  const [cx, cy] = [(x[c] - x[a]) / area, (y[c] - y[a]) / area];
  plane.nearX = (near[b] - near[a]) * cy - (near[c] - near[a]) * by;
  plane.nearY = (near[c] - near[a]) * bx - (near[b] - near[a]) * cx;
  plane.near = near[a] - x[a] * plane.nearX - y[a] * plane.nearY;
  plane.wX = (w[b] - w[a]) * cy - (w[c] - w[a]) * by;
  plane.wY = (w[c] - w[a]) * bx - (w[b] - w[a]) * cx;
  plane.w = w[a] - x[a] * plane.wX - y[a] * plane.wY;
  plane.steep = Math.sqrt(plane.wX * plane.wX + plane.wY * plane.wY);
  plane.lightX = (light[b] - light[a]) * cy - (light[c] - light[a]) * by;
  plane.lightY = (light[c] - light[a]) * bx - (light[b] - light[a]) * cx;
  plane.light = light[a] - x[a] * plane.lightX - y[a] * plane.lightY;
}

// Pixels from first to last of one row, where nothing nearer has been painted. A pixel within its
// own height of a contour line is darker, the more so the closer.
function fillRow(target, { colour, line }, row, first, last) {
  const y = row + 0.5;
  const { steep } = plane;
  for (let column = first; column <= last; column += 1) {
    const x = column + 0.5;
    const at = row * target.wide + column;
    const near = plane.near + x * plane.nearX + y * plane.nearY;
    if (near <= target.near[at]) continue;
    target.near[at] = near;
    const w = plane.w + x * plane.wX + y * plane.wY;
    const i = Math.max(0, Math.min(STEPS - 1, ((w + 1) * STEPS) >> 1));
    let bright = plane.light + x * plane.lightX + y * plane.lightY;
    const apart = Math.abs(w - line[i]);
    if (apart < steep) bright *= 0.72 + (0.28 * apart) / steep;
    const red = Math.min(255, colour[3 * i] * bright);
    const green = Math.min(255, colour[3 * i + 1] * bright);
    const blue = Math.min(255, colour[3 * i + 2] * bright);
    target.pixels[at] = (255 << 24) | (blue << 16) | (green << 8) | red;
  }
}

// The four edges of the surface as smooth lines, where nothing stands before them.
function outline(pen, ctx, { columns, rows, x, y, near }) {
  const { target } = pen.cache;
  const border = [
    ...count(columns),
    ...count(rows).map((r) => r * columns + columns - 1),
    ...count(columns).map((c) => rows * columns - 1 - c),
    ...count(rows).map((r) => (rows - 1 - r) * columns),
  ];
  const inSight = (i) => {
    for (const [dx, dy] of [
      [0, 0],
      [2, 0],
      [-2, 0],
      [0, 2],
      [0, -2],
    ]) {
      const column = clamp(Math.round(x[i]) + dx, 0, target.wide - 1);
      const row = clamp(Math.round(y[i]) + dy, 0, target.tall - 1);
      if (near[i] > target.near[row * target.wide + column] - 0.02) return true;
    }
    return false;
  };
  ctx.beginPath();
  border.forEach((i, k) => {
    const before = border[k - 1];
    if (k === 0 || !inSight(i) || !inSight(before)) return;
    ctx.moveTo(x[before] / pen.ratio, y[before] / pen.ratio);
    ctx.lineTo(x[i] / pen.ratio, y[i] / pen.ratio);
  });
  Object.assign(ctx, { strokeStyle: pen.theme("ink"), globalAlpha: 0.55, lineWidth: 1 }).stroke();
  ctx.globalAlpha = 1;
}
