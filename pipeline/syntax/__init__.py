"""Reading of spaCy's parse that several stages share: phrases, roles of words, status, and what stands where."""
