"""How fast the planner is. Run: python3 run.py bench"""
