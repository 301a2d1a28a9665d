"""The public reference of the catalogue: what its pages show and their JSON holds. Data only, no HTML."""
