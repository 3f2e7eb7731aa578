"""Groups can be asked for by name, which django-scim2 leaves to its user too."""

from django_scim.filters import GroupFilterQuery


class GroupFilter(GroupFilterQuery):
    attr_map = {("displayName", None, None): "name"}
