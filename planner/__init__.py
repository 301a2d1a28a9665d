"""The site: an organisation's computers and plans, and every screen."""
