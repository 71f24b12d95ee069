// Layers: each paints itself with a pen, which knows the panel's projection, theme and numbers.

function shade(v, levels, palette, light = 1) {
  // colours follow the levels, evenly spaced or not
  const i = clamp(
    levels.findLastIndex((level) => v > level),
    0,
    levels.length - 2,
  );
  const rank = (i + (v - levels[i]) / (levels[i + 1] - levels[i])) / (levels.length - 1);
  const t = clamp(rank, 0, 0.9999) * (palette.length - 1),
    next = palette[Math.floor(t) + 1];
  return `rgb(${palette[Math.floor(t)].map((c, k) => Math.round(mix(c, next[k], t) * light))})`;
}
const LAYERS = {
  curve(pen, layer) {
    // `dots` marks its points
    const points = pen.points(layer.at),
      shown = new Path2D(),
      hidden = new Path2D();
    points.forEach((p, i) => {
      const q = points[i - 1],
        piece = p.hidden ? hidden : shown;
      if (!finite(p) || !finite(q)) return;
      if (p.hidden !== q.hidden || !finite(points[i - 2])) piece.moveTo(q.x, q.y);
      piece.lineTo(p.x, p.y);
    });
    pen.stroke(hidden, { ...layer, alpha: 0.35 }); // what a surface hides shines through it
    pen.stroke(shown, layer);
    if (layer.dots) LAYERS.dots(pen, { ...layer, size: 2.6, width: 0 });
  },
  dots(pen, layer) {
    // markers, or nodes of a graph with an extent; outside the picture they wait at its edge
    const alike = new Map(pen.looks(layer).map((look) => [look, [new Path2D(), new Path2D()]])); // in sight, hidden
    pen.points(layer.at).forEach((p, item) => {
      const look = pen.look(layer, item),
        { shape = "circle", size = 5, extent, off } = look;
      const x = clamp(p.x, pen.box.left, pen.box.right),
        y = clamp(p.y, pen.box.top, pen.box.bottom);
      const away = Math.hypot(p.x - x, p.y - y) > 1;
      if (!finite(p) || (away && !off)) return;
      const [w, h] = extent ? pen.extent(extent).map((v) => v / 2) : [size, size],
        r = Math.min(w, h);
      const stretch = shape === "box" ? { a: w, d: h } : { a: r, d: r };
      alike.get(look)[p.hidden ? 1 : 0].addPath(pen.markers[shape], { ...stretch, e: x, f: y });
      if (away) pen.write(off, { x, y }, { dx: 15, dy: -12, weight: 600 });
    });
    for (const [{ colour = "ink", width = 3, dash, hollow }, paths] of alike)
      paths.forEach((path, hidden) => {
        if (width)
          pen.stroke(path, { colour: hollow ? colour : "paper", width, dash, halo: false });
        pen
          .set({ fillStyle: pen.theme(hollow ? "paper" : colour), globalAlpha: hidden ? 0.4 : 1 })
          .fill(path);
      });
  },
  arrow(pen, layer) {
    // from each point of `from` to its partner in `to`; head: false leaves a segment
    const ends = pen.points(layer.to);
    pen.points(layer.from).forEach((p, i) => pen.arrow(p, ends[i], pen.look(layer, i)));
  },
  tangent(pen, layer) {
    // a line of `length` pixels through `at`, with the slope given in units of the axes
    const [{ x, y }] = pen.points(layer.at),
      [dx, rise] = pen.extent([1, pen.evaluate(layer.slope)]);
    const t = layer.length / 2 / Math.hypot(dx, rise),
      end = (t) => ({ x: x + t * dx, y: y - t * rise });
    pen.arrow(end(-t), end(t), { ...layer, head: false });
  },
  heat(pen, layer) {
    // one pixel a cell, smoothed as it is enlarged
    const [grid, levels] = [layer.z, layer.levels].map(pen.evaluate),
      [rows, columns] = grid.shape;
    pen.cached(grid, (ctx) => {
      const small = new OffscreenCanvas(columns, rows),
        brush = small.getContext("2d");
      grid.data.forEach((v, i) => {
        brush.fillStyle = shade(v, levels.data, pen.palette);
        brush.fillRect(i % columns, rows - 1 - Math.floor(i / columns), 1, 1);
      });
      ctx.drawImage(small, 0.5, 0.5, columns - 1, rows - 1, ...pen.field);
    });
  },
  surface(pen, layer) {
    // quads from the back to the front: a height field needs no sorting
    const [grid, levels] = [layer.z, layer.levels].map(pen.evaluate),
      [rows, columns] = grid.shape;
    pen.cached(grid, (ctx) => {
      const corners = count(rows * columns).map(pen.corner),
        turned = (part) => part(pen.camera.azimuth) > 0;
      for (const r of count(rows - 1, turned(Math.cos)))
        for (const c of count(columns - 1, turned(Math.sin))) {
          const i = r * columns + c;
          ctx.fillStyle = ctx.strokeStyle = shade(
            grid.data[i],
            levels.data,
            pen.palette,
            pen.light(i),
          );
          ctx.beginPath();
          for (const k of [i, i + 1, i + columns + 1, i + columns])
            ctx.lineTo(corners[k].x, corners[k].y);
          ctx.closePath();
          ctx.fill();
          ctx.stroke(); // the stroke closes the seams
        }
    });
  },
  text: (pen, layer) =>
    pen.points(layer.at).forEach((p, item) =>
      // one template, or one of `texts` for each point
      pen.write(layer.texts?.[item] ?? layer.text, p, { ...pen.look(layer, item), item }),
    ),
};
