"""Files people keep: keypoint tracks, recordings, reports."""
