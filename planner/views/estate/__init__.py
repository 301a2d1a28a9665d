"""The estate's tables: the same views for the inventory and for a scenario."""
