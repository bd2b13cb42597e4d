"""What a text says that tells who someone is, or how to reach them: text → sightings."""
