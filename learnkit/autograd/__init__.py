"""The engine: `Value` for numbers, `Tensor` for arrays, one walk over the graph for both."""
