"""The Code officiel géographique: areas, membership, mergers, contours and French place names."""
