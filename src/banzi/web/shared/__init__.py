"""What every page uses: layout, texts in two languages, demands, vendored scripts and styles."""
