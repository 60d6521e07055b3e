"""Pages, files and pasted text as documents, or a plain reason why not."""
