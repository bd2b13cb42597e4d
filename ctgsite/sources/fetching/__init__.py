"""From the producers' sites to the local store: downloads, what they change, newer vintages."""
