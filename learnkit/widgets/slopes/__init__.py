"""Ways to a slope: how exact they are, and what they cost."""
