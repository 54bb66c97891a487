"""Paper: facts gathered by `queries.ask` as JSON, set in type by typst (PDF/A) or written as a draft (DOCX). Thai, A4."""
