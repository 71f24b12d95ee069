// Layers: each paints itself with a pen, which knows the panel's projection, theme and numbers.

const LAYERS = {
  // A line through points; `dots` marks them, and what a surface hides shines through it.
  curve(pen, layer) {
    const [shown, hidden] = pen.kept(layer, () => pathsThrough(pen.points(layer.at)));
    if (pen.deep) pen.stroke(hidden, { ...layer, alpha: 0.35 });
    pen.stroke(shown, layer);
    if (layer.dots) LAYERS.dots(pen, { ...layer, looks: null, size: 2.6, width: 0 });
  },

  // The paths that earlier runs have left: see trails.js.
  trails(pen, layer) {
    for (const path of trailsOn(layer, pen)) {
      const points = path.map((place) => pen.project(...place));
      const [shown, hidden] = pathsThrough(points);
      pen.stroke(hidden, { ...layer, alpha: layer.alpha / 2 });
      pen.stroke(shown, layer);
      const marks = new Path2D();
      for (const p of points.filter(finite)) marks.addPath(...marker(pen, { size: 2.2 }, p));
      pen.set({ fillStyle: pen.theme(layer.colour), globalAlpha: layer.alpha });
      pen.ctx.fill(marks);
    }
  },

  // Markers, or nodes of a graph with an extent; outside the picture they wait at its edge.
  dots(pen, layer) {
    const alike = new Map();
    for (const look of pen.looks(layer)) alike.set(look, [new Path2D(), new Path2D()]);
    const balls = [];
    pen.points(layer.at).forEach((p, item) => {
      const look = pen.look(layer, item);
      const at = pen.inside(p);
      const away = Math.hypot(p.x - at.x, p.y - at.y) > 1;
      if (!finite(p) || (away && !look.off)) return;
      if (pen.deep && isBall(look)) balls.push([away ? { ...p, ...at, near: 1 } : p, look]);
      else alike.get(look)[p.hidden ? 1 : 0].addPath(...marker(pen, look, at));
      if (away) pen.write(look.off, at, { dx: 15, dy: -12, weight: 600 });
    });
    for (const [look, paths] of alike) {
      paths.forEach((path, hidden) => fillMarkers(pen, path, look, hidden));
    }
    for (const [p, look] of balls) paintBall(pen, p, look);
  },

  // From each point of `from` to its partner in `to`; head: false leaves a segment.
  arrow(pen, layer) {
    const ends = pen.points(layer.to);
    pen.points(layer.from).forEach((p, i) => {
      const look = pen.look(layer, i);
      if (layer.least) drawOut(pen, p, ends[i], look);
      else pen.arrow(p, ends[i], look);
    });
  },

  // A line of `length` pixels through `at`, with the slope given in units of the axes.
  tangent(pen, layer) {
    const [{ x, y }] = pen.points(layer.at);
    const [run, rise] = pen.extent([1, pen.evaluate(layer.slope)]);
    const t = layer.length / 2 / Math.hypot(run, rise);
    const from = { x: x - t * run, y: y + t * rise };
    const to = { x: x + t * run, y: y - t * rise };
    pen.arrow(from, to, { ...layer, head: false });
  },

  // One pixel a cell, enlarged: smoothed, or as a square.
  heat(pen, layer) {
    const grid = pen.evaluate(layer.z);
    const levels = pen.evaluate(layer.levels).data;
    const rim = layer.squares ? 0 : 0.5; // smooth colours reach from middle to middle
    pen.cached(grid, (ctx) => {
      const [rows, columns] = grid.shape;
      const small = cells(grid, levels, shadesOf(pen.palette));
      ctx.imageSmoothingEnabled = !layer.squares;
      ctx.drawImage(small, rim, rim, columns - 2 * rim, rows - 2 * rim, ...pen.field);
    });
  },

  // A height field in 3-D, lit from one side, with its contour lines on it.
  surface(pen, layer) {
    const grid = pen.evaluate(layer.z);
    const levels = pen.evaluate(layer.levels).data;
    pen.cached(grid, (ctx) => paintSurface(pen, ctx, grid, levels));
  },

  // Filled cells, and in each a text as far from its grey as can be.
  cells(pen, layer) {
    const { ctx, em } = pen;
    const shades = pen.evaluate(layer.shades);
    const [wide, tall] = pen.extent(layer.size);
    const font = `${Math.min(13 * em, 0.6 * tall)}px ${pen.theme()}`;
    pen.set({ font, textAlign: "center", textBaseline: "middle", lineWidth: 1 });
    pen.points(layer.at).forEach(({ x, y }, item) => {
      const grey = greyOf(pen.theme, pick(shades, item));
      const place = [x - wide / 2, y - tall / 2, wide, tall];
      pen.set({ fillStyle: `rgb(${grey}, ${grey}, ${grey})`, strokeStyle: pen.theme("muted") });
      ctx.fillRect(...place);
      ctx.strokeRect(...place);
      pen.set({ fillStyle: grey > pen.middleGrey ? "#000000" : "#ffffff" });
      ctx.fillText(pen.words(layer.texts[item], item), x, y, 0.9 * wide);
    });
  },

  // One template, or one of `texts` for each point.
  text(pen, layer) {
    pen.points(layer.at).forEach((p, item) => {
      const template = layer.texts?.[item] ?? layer.text;
      pen.write(template, p, { ...pen.look(layer, item), item });
    });
  },
};

// The grey that is so far on the way from paper to ink, 0 to 255.
function greyOf(theme, shade) {
  const [paper, ink] = ["paper", "ink"].map((name) => parseInt(theme(name).slice(-2), 16));
  return Math.round(paper + clamp(shade, 0, 1) * (ink - paper));
}

// An arrow that is long enough to be seen, with the factor by which it is drawn out at its tip.
function drawOut(pen, p, q, look) {
  const [dx, dy] = [q.x - p.x, q.y - p.y];
  const length = Math.hypot(dx, dy);
  const factor = pen.factors.find((times) => times * length >= look.least * pen.em);
  if (!factor) return;
  const tip = { x: p.x + factor * dx, y: p.y + factor * dy };
  pen.arrow(p, tip, look);
  if (factor === 1) return;
  const beyond = { dx: (17 * dx) / length, dy: (12 * dy) / length };
  pen.write([`${factor}×`], tip, { ...beyond, align: "center", size: 12, weight: 500 });
}

// Two paths: through the points in sight, and through those behind a surface.
function pathsThrough(points) {
  const [shown, hidden] = [new Path2D(), new Path2D()];
  for (let i = 1; i < points.length; i += 1) {
    const [p, q] = [points[i], points[i - 1]];
    if (!finite(p) || !finite(q)) continue;
    const piece = p.hidden ? hidden : shown;
    if (p.hidden !== q.hidden || !finite(points[i - 2])) piece.moveTo(q.x, q.y);
    piece.lineTo(p.x, p.y);
  }
  return [shown, hidden];
}

// The outline of one marker with its place, as addPath takes them.
function marker(pen, { shape = "circle", size = 5, extent }, { x, y }) {
  const [wide, tall] = extent
    ? pen.extent(extent).map((v) => v / 2)
    : [size * pen.em, size * pen.em];
  const radius = Math.min(wide, tall);
  const stretch = shape === "box" ? { a: wide, d: tall } : { a: radius, d: radius };
  return [pen.markers[shape], { ...stretch, e: x, f: y }];
}

function fillMarkers(pen, path, look, hidden) {
  const { colour = "ink", width = 3, dash, hollow } = look;
  if (width) pen.stroke(path, { colour: hollow ? colour : "paper", width, dash, halo: false });
  pen.set({ fillStyle: pen.theme(hollow ? "paper" : colour), globalAlpha: hidden ? 0.4 : 1 });
  pen.ctx.fill(path);
}

// A grid as an image of one pixel a cell, its first row at the bottom.
function cells({ shape: [rows, columns], data }, levels, shades) {
  const image = new ImageData(columns, rows);
  for (let i = 0; i < data.length; i += 1) {
    const shade = 3 * shadeIndex(rankOf(data[i], levels), levels);
    const at = 4 * ((rows - 1 - Math.floor(i / columns)) * columns + (i % columns));
    for (let k = 0; k < 3; k += 1) image.data[at + k] = shades[shade + k];
    image.data[at + 3] = 255;
  }
  const small = new OffscreenCanvas(columns, rows);
  small.getContext("2d").putImageData(image, 0, 0);
  return small;
}
