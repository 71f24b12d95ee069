"""Third tier: the answer, called again with arguments changed one at a time."""

FINDINGS = []
