"""What a document draws from its papers: predictions and threads."""
