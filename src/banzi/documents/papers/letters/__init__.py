"""公文: letters and notices laid out after GB/T 9704-2012, as .docx that staff go on editing."""
