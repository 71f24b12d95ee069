// Three dimensions: a surface in a box, seen by a camera.

function solid(pen, { shape: [rows, columns], data }, ranges) {
  // the axes' box is a cube [-1, 1]³
  const [su, sv, sw] = ranges.map((range) => scale(range, -1, 1)),
    { left, right, top, bottom } = pen.box;
  const { azimuth: a, elevation: e } = pen.camera,
    size = Math.min((right - left) / 3.2, (bottom - top) / 3);
  const [sa, ca, se, ce] = [Math.sin(a), Math.cos(a), Math.sin(e), Math.cos(e)],
    flat = 0.6;
  const eye = [-7 * sa * ce, -7 * ca * ce, (7 * se) / flat],
    middle = (i, n) => (2 * i) / (n - 1) - 1;
  const turn = (u, v, w) => {
    const away = u * sa + v * ca,
      zoom = (7 * size) / (7 + away * ce - flat * w * se);
    const x = zoom * (u * ca - v * sa),
      y = zoom * (away * se + flat * w * ce) + size / 8;
    return { x: (left + right) / 2 + x, y: (top + bottom) / 2 - y };
  };
  const height = (u, v) => {
    // of the surface, between its grid points
    const [c, r] = [
      [u, columns],
      [v, rows],
    ].map(([t, n]) => clamp(((t + 1) / 2) * (n - 1), 0, n - 1.001));
    const i = Math.floor(r) * columns + Math.floor(c),
      k = i + columns;
    return sw(mix(mix(data[i], data[i + 1], c), mix(data[k], data[k + 1], c), r));
  };
  const behind = (...point) =>
    count(36).some((k) => {
      // something stands on the way to the eye
      const [u, v, w] = point.map((d, axis) => d + ((eye[axis] - d) * (k + 1)) / 120);
      return Math.abs(u) < 1 && Math.abs(v) < 1 && height(u, v) > w + 0.03;
    });
  pen.corner = (i) =>
    turn(middle(i % columns, columns), middle(Math.floor(i / columns), rows), sw(data[i]));
  pen.light = (i) => {
    // from a lamp over the left shoulder
    const [gx, gy] = [1, columns].map((next) => ((sw(data[i + next]) - sw(data[i])) * columns) / 3);
    return 0.6 + (0.45 * (1 + 0.5 * gx + 0.3 * gy)) / Math.hypot(1, gx, gy);
  };
  const side = { [-1e9]: [-sa, -ca].map(Math.sign), [-2e9]: [-ca, sa].map(Math.sign) }; // the nearest, the left one
  return (x, y, z) => {
    // a point without a height lies on the surface
    const u = side[x]?.[0] ?? su(x),
      v = side[y]?.[1] ?? sv(y),
      w = z === undefined ? height(u, v) : sw(z);
    return { ...turn(u, v, w), hidden: behind(u, v, w) };
  };
}
