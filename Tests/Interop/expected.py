"""What Entra's default mappings make of a directory object, attribute by attribute."""

import json

from scim_target import ENTERPRISE


def user(source, *, is_active, linked):
    """The SCIM user of a directory user.

    `linked` maps the userPrincipalNames that have a counterpart to their userName: a manager who
    has none is not sent.
    """
    work_address = present({
        "formatted": source.get("officeLocation"), "streetAddress": source.get("streetAddress"),
        "locality": source.get("city"), "region": source.get("state"),
        "postalCode": source.get("postalCode"), "country": source.get("country"),
    })
    phones = [
        {"type": "work", "primary": True, "value": first(source.get("businessPhones"))},
        {"type": "mobile", "value": source.get("mobilePhone")},
        {"type": "fax", "value": source.get("faxNumber")},
    ]
    names = [source.get("givenName"), source.get("surname")]
    return present({
        "userName": user_name(source["userPrincipalName"]),
        "externalId": source.get("mailNickname"),
        "active": is_active,
        "displayName": source.get("displayName"),
        "title": source.get("jobTitle"),
        "preferredLanguage": source.get("preferredLanguage"),
        "name": present({
            "givenName": names[0], "familyName": names[1],
            "formatted": " ".join(name for name in names if name),
        }),
        "emails": [{"type": "work", "primary": True, "value": source["mail"]}]
        if source.get("mail") else [],
        "addresses": [{"type": "work", "primary": True, **work_address}] if work_address else [],
        "phoneNumbers": [phone for phone in phones if phone["value"]],
        ENTERPRISE: present({
            "employeeNumber": source.get("employeeId"), "department": source.get("department"),
            "manager": linked.get(source.get("manager")),
        }),
    })


def group(source, *, linked):
    members = [member["name"] for member in source["members"] if member["type"] == "user"]
    return {
        "externalId": source["id"], "displayName": source["displayName"],
        "members": sorted(linked[member] for member in members if member in linked),
    }


def user_name(principal_name):
    """Guests lose the home domain: `ada_fabrikam.example#EXT#@…` is `ada@fabrikam.example`."""
    local, marker, _ = principal_name.partition("#EXT#")
    return "@".join(local.rsplit("_", 1)) if marker else principal_name


def comparable(value):
    """Without what is empty, and with lists of typed values in one order."""
    if isinstance(value, dict):
        return present({key: comparable(item) for key, item in value.items()})
    if isinstance(value, list):
        return sorted(
            (comparable(item) for item in value),
            key=lambda item: json.dumps(item, sort_keys=True))
    return value


def present(value):
    return {key: item for key, item in value.items() if item not in (None, "", [], {})}


def first(values):
    return values[0] if values else None
