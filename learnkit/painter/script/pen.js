// The pen of one panel: it knows where a point of the axes lies, and how the theme looks.

function makePen({ spec, camera, cache, ctx, width, height, ratio }, lens) {
  const { evaluate, theme } = lens,
    [left, top, right, bottom] = spec.margins;
  const field = spec.layers.find((layer) => layer.z),
    set = (style) => Object.assign(ctx, style);
  const box = { left, top, right: width - right, bottom: height - bottom };
  const [rx, ry, rz] = [spec.x, spec.y, spec.z].map((axis) => axis && evaluate(axis.range).data);
  const [h, v] = [
      [left, box.right],
      [box.bottom, top],
    ],
    sx = scale(rx, ...h),
    sy = scale(ry, ...v);
  const pen = {
    ...lens,
    set,
    camera,
    box,
    field: [left, top, box.right - left, box.bottom - top],
    plot: new Path2D(),
  };
  const project = rz
    ? solid(pen, evaluate(field.z), [rx, ry, rz])
    : (x, y) => ({ x: sx(x), y: sy(y) });
  pen.plot.rect(...pen.field);
  pen.invert = (x, y) => [scale(h, ...rx)(x), scale(v, ...ry)(y)];
  pen.holds = (x, y) => x > left - 9 && x < box.right + 9 && y > top - 9 && y < box.bottom + 9; // with a finger's slack
  pen.extent = ([wide, tall]) => [wide * (sx(1) - sx(0)), tall * (sy(0) - sy(1))];
  pen.looks = (layer) =>
    (layer.looks ??= layer.styles?.map((style) => ({ ...layer, ...style })) ?? [layer]);
  pen.look = (layer, i) => pen.looks(layer)[layer.styles ? pick(evaluate(layer.style), i) : 0];
  pen.points = (at) => {
    // rows of an array, or a list of columns
    const found = Array.isArray(at) ? at.map(evaluate) : evaluate(at),
      size = found.shape?.at(-1);
    const length = size
      ? found.data.length / size
      : Math.max(...found.map((part) => part.data?.length ?? 1));
    const part = (i, k) => (size ? found.data[i * size + k] : pick(found[k], i));
    return count(length).map((i) => project(...count(size ?? found.length).map((k) => part(i, k))));
  };
  pen.stroke = (path, { colour = "ink", width: wide = 2, alpha = 1, dash = [], halo = field }) => {
    set({ globalAlpha: alpha, lineJoin: "round" }).setLineDash(dash);
    if (halo) set({ strokeStyle: theme("paper"), lineWidth: wide + 2.5 }).stroke(path);
    set({ strokeStyle: theme(colour), lineWidth: wide }).stroke(path);
  };
  pen.arrow = (p, q, style) => {
    const path = new Path2D(),
      [dx, dy] = [q.x - p.x, q.y - p.y],
      angle = Math.atan2(dy, dx),
      { gap = 0 } = style;
    const length = Math.hypot(dx, dy) - gap,
      size = style.head === false || length < 1 ? 0 : clamp(length / 2, 5, 11);
    path.moveTo(p.x + gap * Math.cos(angle), p.y + gap * Math.sin(angle));
    path.lineTo(q.x, q.y);
    for (const side of [angle - 0.45, angle + 0.45]) {
      path.moveTo(q.x - size * Math.cos(side), q.y - size * Math.sin(side));
      path.lineTo(q.x, q.y);
    }
    if (finite(p) && finite(q) && length >= 0) pen.stroke(path, style);
  };
  pen.write = (template, p, style) => {
    // lines with unknown numbers are left out; a node's text stays inside
    const {
      align = "left",
      size = 13,
      weight = 400,
      colour = "ink",
      ink = colour,
      extent,
      item,
    } = style;
    const lines = lens.lines(template, item),
      known = lines.filter((line) => line !== null);
    const [w, h] = extent ? pen.extent(extent).map((v) => 0.9 * v) : [9999, 9999];
    const px = Math.min(size, (0.85 * h) / lines.length),
      first = p.y + (style.dy ?? 0) - ((known.length - 1) * px) / 1.6;
    set({
      font: `${weight} ${px}px ${theme()}`,
      textAlign: align,
      textBaseline: "middle",
      lineJoin: "round",
    });
    set({
      strokeStyle: theme("paper"),
      fillStyle: theme(ink),
      lineWidth: style.halo ?? 3.5,
      globalAlpha: 1,
    });
    known.forEach((line, k) => {
      const most = align === "left" ? width - 3 - ctx.measureText(line).width : width;
      const place = [line, Math.min(p.x + (style.dx ?? 0), most), first + k * px * 1.25, w];
      ctx.strokeText(...place);
      ctx.fillText(...place);
    });
  };
  pen.cached = ({ data: { buffer, byteOffset, length } }, painter) => {
    // kept if it looks as it did a frame ago
    const key = [byteOffset, length, width, height, ratio, ...Object.values(camera)].join();
    const same = cache.key === key && cache.buffer === buffer;
    Object.assign(cache, { key, buffer, canvas: same ? cache.canvas : null });
    if (!same) return painter(ctx);
    if (!cache.canvas) {
      const brush = (cache.canvas = new OffscreenCanvas(width * ratio, height * ratio)).getContext(
        "2d",
      );
      brush.scale(ratio, ratio);
      painter(brush);
    }
    ctx.drawImage(cache.canvas, 0, 0, width, height);
  };
  return pen;
}
