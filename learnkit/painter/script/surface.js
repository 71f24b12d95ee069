// A surface in 3-D: a fine mesh, lit at its corners, filled pixel by pixel with the nearest in sight.

const FINER = 2; // pieces of the mesh between two numbers of the grid
const LAMP = [-0.42, 0.3, 0.86]; // where the light comes from, over the left shoulder

function paintSurface(pen, ctx, grid, levels) {
  const mesh = meshOf(pen, grid, levels);
  const target = targetFor(pen);
  const { columns, rows } = mesh;
  const shades = shadesOf(pen.palette);
  for (let r = 0; r < rows - 1; r += 1) {
    for (let c = 0; c < columns - 1; c += 1) {
      const i = r * columns + c;
      fillTriangle(target, mesh, shades, i, i + 1, i + columns);
      fillTriangle(target, mesh, shades, i + 1, i + columns + 1, i + columns);
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
  const mesh = { columns: wide, rows: tall, levels: levels.length - 1 };
  for (const part of ["u", "v", "w", "x", "y", "near", "rank", "light"]) {
    mesh[part] = new Float32Array(wide * tall);
  }
  for (let i = 0; i < wide * tall; i += 1) {
    const [c, r] = [i % wide, Math.floor(i / wide)];
    const z = smooth(data, rows, columns, c / FINER, r / FINER);
    mesh.u[i] = (2 * c) / (wide - 1) - 1;
    mesh.v[i] = (2 * r) / (tall - 1) - 1;
    mesh.w[i] = pen.solid.toW(z);
    mesh.rank[i] = rankOf(z, levels);
  }
  for (let i = 0; i < wide * tall; i += 1) mesh.light[i] = lightAt(mesh, i);
  return mesh;
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

// Everything in a triangle is a plane over the picture: its nearness, its rank among the levels
// and its light. Contour lines are where the rank is a whole number.
function fillTriangle(target, mesh, shades, a, b, c) {
  const { x, y, near, rank, light, levels } = mesh;
  const [abx, aby, acx, acy] = [x[b] - x[a], y[b] - y[a], x[c] - x[a], y[c] - y[a]];
  const area = abx * acy - acx * aby;
  if (Math.abs(area) < 1e-9) return;
  const slopes = (part) => {
    const [ab, ac] = [(part[b] - part[a]) / area, (part[c] - part[a]) / area];
    return [ab * acy - ac * aby, ac * abx - ab * acx];
  };
  const [nearX, nearY] = slopes(near);
  const [rankX, rankY] = slopes(rank);
  const [lightX, lightY] = slopes(light);
  const steep = Math.hypot(rankX, rankY);
  const perRank = SHADES / levels;
  const top = Math.max(0, Math.ceil(Math.min(y[a], y[b], y[c]) - 0.5));
  const bottom = Math.min(target.tall - 1, Math.floor(Math.max(y[a], y[b], y[c]) - 0.5));
  for (let row = top; row <= bottom; row += 1) {
    const py = row + 0.5;
    let low = Infinity;
    let high = -Infinity;
    for (let side = 0; side < 3; side += 1) {
      const p = side === 0 ? a : side === 1 ? b : c;
      const q = side === 0 ? b : side === 1 ? c : a;
      if (y[p] <= py === y[q] <= py) continue;
      const cross = x[p] + ((py - y[p]) / (y[q] - y[p])) * (x[q] - x[p]);
      low = Math.min(low, cross);
      high = Math.max(high, cross);
    }
    const first = Math.max(0, Math.ceil(low - 0.5));
    const last = Math.min(target.wide - 1, Math.ceil(high - 0.5) - 1);
    for (let column = first; column <= last; column += 1) {
      const [dx, dy] = [column + 0.5 - x[a], py - y[a]];
      const at = row * target.wide + column;
      const nearness = near[a] + dx * nearX + dy * nearY;
      if (nearness <= target.near[at]) continue;
      target.near[at] = nearness;
      const level = rank[a] + dx * rankX + dy * rankY;
      let bright = light[a] + dx * lightX + dy * lightY;
      const apart = Math.abs(level - Math.round(level));
      if (steep > 1e-4 && apart < steep) bright *= 0.72 + (0.28 * apart) / steep;
      const shade = 3 * Math.max(0, Math.min(SHADES - 1, Math.floor(level * perRank)));
      target.pixels[at] = packed(shades, shade, bright);
    }
  }
}

// A shade under so much light, as the four bytes of a pixel.
function packed(shades, at, bright) {
  const red = Math.min(255, shades[at] * bright);
  const green = Math.min(255, shades[at + 1] * bright);
  const blue = Math.min(255, shades[at + 2] * bright);
  return (255 << 24) | (blue << 16) | (green << 8) | red;
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
    const column = clamp(Math.round(x[i]), 0, target.wide - 1);
    const row = clamp(Math.round(y[i]), 0, target.tall - 1);
    return near[i] > target.near[row * target.wide + column] - 0.012;
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
