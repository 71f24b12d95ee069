"""What stands behind course.py and needs the course's own environment."""
