"""A Django application of the smallest kind that offers SCIM with django-scim2."""
