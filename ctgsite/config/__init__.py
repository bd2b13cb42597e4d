"""Territories' YAML files, turned into frozen, validated models."""
