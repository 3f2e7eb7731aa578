"""What django-scim2 leaves to its user: its own adapters rename no group and take nobody out by a
filtered path. Both are replaced through its settings, as its documentation describes."""

import re

from django_scim.adapters import SCIMGroup

MEMBER = re.compile(r'members\[value eq "([^"]*)"\]')


class GroupAdapter(SCIMGroup):
    def parse_path_and_values(self, path, value):
        match = MEMBER.fullmatch(path or "")
        if match:
            return [(self.split_path("members"), [{"value": match.group(1)}])]
        return super().parse_path_and_values(path, value)

    def handle_replace(self, path, value, operation):
        names = {("displayName", None, None): "name", ("externalId", None, None): "scim_external_id"}
        field = names.get(path.first_path)
        if field is None:
            return super().handle_replace(path, value, operation)
        setattr(self.obj, field, value)
        self.save()
