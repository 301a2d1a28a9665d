"""What is known about Microsoft volume activation; knows no organisation and no request."""
