// The network on the page: forward for the ten probabilities, and one pass back to the pixels.

const SLOPES = {
  relu: [(sum) => Math.max(sum, 0), (sum) => (sum > 0 ? 1 : 0)],
  tanh: [Math.tanh, (sum) => 1 - Math.tanh(sum) ** 2],
  sigmoid: [logistic, (sum) => logistic(sum) * (1 - logistic(sum))],
};

function logistic(sum) {
  return 1 / (1 + Math.exp(-sum));
}

// table: the arrays W0 (in, out), b0 (out), W1, b1, … as `unpack` makes them.
function makeNetwork(table, activation) {
  const [bend, slope] = SLOPES[activation];
  const layers = [];
  for (let i = 0; `W${i}` in table; i += 1) layers.push({ W: table[`W${i}`], b: table[`b${i}`] });

  function sumsOf({ W, b }, x) {
    const sums = Float64Array.from(b.data);
    const wide = sums.length;
    x.forEach((value, i) => {
      for (let j = 0; j < wide; j += 1) sums[j] += value * W.data[i * wide + j];
    });
    return sums;
  }

  // What a layer's inputs receive: the slopes of its sums, each times its weight.
  function back({ W }, received) {
    const wide = received.length;
    return Float64Array.from({ length: W.shape[0] }, (_, i) =>
      received.reduce((total, part, j) => total + part * W.data[i * wide + j], 0),
    );
  }

  // The digit that is read, ten probabilities, and the slope of the digit's score along each input.
  return function read(inputs) {
    const sums = [];
    layers.forEach((layer, i) => {
      sums.push(sumsOf(layer, i ? sums[i - 1].map(bend) : inputs));
    });
    const scores = sums.at(-1);
    const digit = scores.indexOf(Math.max(...scores));
    let slopes = scores.map((_, j) => (j === digit ? 1 : 0));
    for (let i = layers.length - 1; i >= 0; i -= 1) {
      slopes = back(layers[i], slopes);
      if (i) slopes = slopes.map((part, j) => part * slope(sums[i - 1][j]));
    }
    return { digit, probabilities: softmax(scores), slopes };
  };
}

function softmax(scores) {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
