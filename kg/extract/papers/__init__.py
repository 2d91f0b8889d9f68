"""Papers: where a document names them, what it states of them, and every place where one is meant."""
