"""The terms of the field: by the vocabulary, by pattern and by the model."""
