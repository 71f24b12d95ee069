// A lit ball on a surface, and its shadow.

const SMALLEST = 7; // pixels of a circle that is drawn as a ball

function isBall({ shape = "circle", size = 5 }) {
  return shape === "circle" && size >= SMALLEST;
}

function paintBall(pen, p, { size, colour = "ink" }) {
  const { ctx } = pen;
  const radius = size * pen.em * p.near;
  const centre = { x: p.x, y: p.y - 0.8 * radius };
  ctx.globalAlpha = p.hidden ? 0.45 : 1;
  ctx.fillStyle = "rgba(0, 0, 0, 0.42)";
  ctx.beginPath();
  ctx.ellipse(p.x + 0.45 * radius, p.y, 1.25 * radius, 0.55 * radius, 0, 0, 2 * Math.PI);
  ctx.fill();
  const bright = [centre.x - 0.35 * radius, centre.y - 0.4 * radius];
  const glow = ctx.createRadialGradient(...bright, 0.08 * radius, centre.x, centre.y, radius);
  const own = pen.theme(colour);
  glow.addColorStop(0, "#ffffff");
  glow.addColorStop(0.25, own);
  glow.addColorStop(0.72, own);
  glow.addColorStop(1, "#3a1500");
  ctx.fillStyle = glow;
  ctx.beginPath();
  ctx.arc(centre.x, centre.y, radius, 0, 2 * Math.PI);
  ctx.fill();
}
