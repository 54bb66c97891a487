"""Speed and size as ratios against named baselines in the same run; a machine's own seconds mean little elsewhere."""
