"""From a draft to an engagement: publish, answer, expire, settle."""
