"""One territory's config and the measures, turned into its Diagnostic."""
