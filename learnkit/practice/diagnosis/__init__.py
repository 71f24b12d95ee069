"""The six tiers by which a wrong answer is told its mistake."""
