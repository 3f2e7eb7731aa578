"""Who of the shipped tenant can do what, found out instead of assumed."""

SIGN_IN_APP = "Claresia"
DAEMON_APP = "Contoso Nightly Job"
DESKTOP_APP = "Contoso Desktop"
API = "Contoso Tasks API"
API_SCOPE, API_ROLE = "Tasks.Read", "Tasks.Read.All"
BLOCKERS = ("requiresMfa", "passwordExpired", "forceChangePasswordNextSignIn", "lockedUntil")


def in_scope(sim, app):
    """The assigned users and the direct members of assigned groups, by userPrincipalName, and the
    assigned groups by name."""
    users, groups = {}, {}
    for row in sim.directory("GET", f"apps/{app}/assignments")["value"]:
        if row["type"] == "user":
            users[row["name"]] = sim.user(row["name"])
        elif row["type"] == "group":
            group = groups[row["name"]] = sim.group(row["name"])
            for member in group["members"]:
                if member["type"] == "user":
                    users[member["name"]] = sim.user(member["name"])
    return users, groups


def employee(sim, app=SIGN_IN_APP):
    """Account name, password and object id of someone who may use the app and can sign in."""
    users, _ = in_scope(sim, app)
    passwords = {
        user["userPrincipalName"]: user.get("password") for user in sim.tenant["users"]
    }
    for name, user in sorted(users.items()):
        able = user["accountEnabled"] and user["userType"] == "Member"
        if able and passwords.get(name) and not any(user.get(key) for key in BLOCKERS):
            return name, passwords[name], user["id"]
    raise AssertionError(f"nobody of {sorted(users)} can sign in to {app}")
