"""A tenant whose people, names and policies bring up every page of a sign-in, hard cases included."""

import json
import pathlib
import shutil

from simulator import ROOT

DOMAIN = "harbour.example"
PASSWORD = "Tide-and-Timber-41"
LEDGER, CARGO, VAULT, BRIDGE = "Harbour Ledger", "Cargo Desk", "Harbour Vault", "Bridge Display"
CARGO_API = "Freight Records"
SECRET_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

# Account → display name and what is special.
PEOPLE = {
    "ada.quill": ("Ada Quill", {}),
    "maximiliane.featherstonehaugh-cholmondeley.von.und.zu.hohenlohe": (
        "Maximiliane Featherstonehaugh-Cholmondeley von und zu Hohenlohe-Langenburg", {}),
    "yusuf.alharbi": ("يوسف بن إبراهيم الحربي", {}),
    "kit.marlow": ("Kit Marlow 🧑‍🚀 (night shift) 👩🏽‍🔧", {}),
    "joerg.wueest": ("Jörg Wüest-Ærøskøbing", {}),
    "nia.bell": ("Nia Bell", {}),
    "lockhart": ("Lou Lockhart", {"signIn": {"lockedUntil": "2099-01-01T00:00:00Z"}}),
    "dormer": ("Dan Dormer", {"accountEnabled": False}),
    "exeter": ("Eve Exeter", {"passwordProfile": {"password": PASSWORD, "isExpired": True}}),
    "mira.code": ("Mira Code", {"signIn": {"requiresMFA": True}}),
    "noor.app": ("Noor App", {"signIn": {
        "requiresMFA": True, "secondFactor": "authenticator", "authenticatorSecret": SECRET_KEY}}),
    "pax.key": ("Pax Key", {"signIn": {"secondFactor": "passkey"}}),
    "enid.new": ("Enid New", {"signIn": {"requiresMFA": True, "secondFactor": "none"}}),
    "polly.new": ("Polly New", {"signIn": {"secondFactor": "none"}}),
    "rita.risk": ("Rita Risk", {"signIn": {"userRisk": "high"}}),
    "tess.terms": ("Tess Terms", {}),
    "bea.blocked": ("Bea Blocked", {}),
}

SCOPES = [
    ("Freight.Read", "User", "Read your freight records"),
    ("Freight.Write", "User", "Create, change and delete your freight records"),
    ("Manifests.Read", "User", "Read the manifests of every ship you are booked on"),
    ("Manifests.Sign", "User", "Sign manifests in your name, including those that were prepared "
                               "by somebody else and are waiting for a second signature"),
    ("Quays.Read", "User", "See which quays are free"),
    ("Quays.Book", "User", "Book quays for your ships"),
    ("Crews.Read", "User", "Read the names and watches of your crews"),
    ("Crews.Write", "User", "Change the watches of your crews"),
    ("Customs.Submit", "User", "Hand in customs declarations"),
    ("Tolls.Pay", "User", "Pay tolls up to the limit of your account"),
    ("Frachtbriefe.Lesen", "User", "Frachtbriefe lesen, auch die der Zweigniederlassungen "
                                   "(Donaudampfschifffahrtsgesellschaftskapitänsmützenablage)"),
    ("Tides.Read", "User", "Read tide tables"),
    ("Harbour.Manage", "Admin", "Manage the whole harbour"),
]

SIGN_IN_SCOPES = [{"resource": "Microsoft Graph", "scope": "openid profile email offline_access User.Read"}]


def address(name):
    return f"{name}@{DOMAIN}"


def policy(name, people, controls, **more):
    grant = {"operator": "AND", **controls}
    return {
        "displayName": name, "state": "enabled",
        "conditions": {
            "users": {"includeUsers": [address(person) for person in people]},
            "applications": {"includeApplications": ["All"]}, **more},
        "grantControls": grant}


def fixture(apps):
    """The tenant; `apps` is where its apps live."""
    web = {"redirectUris": [f"{apps}/ledger", f"{apps}/ledger/goodbye"],
           "logoutUrl": f"{apps}/ledger/front-channel"}
    return {
        "displayName": "Harbour & Söhne Maritime Versicherungsgesellschaft",
        "seed": 4711, "domains": [DOMAIN], "createdDateTime": "2025-09-01T08:00:00Z",
        "defaultPassword": PASSWORD,
        "consentPolicy": {"userConsent": "allowed", "adminConsentRequests": True},
        "directoryRoles": [{"role": "Global Administrator", "principal": address("ada.quill")}],
        "users": [
            {"userPrincipalName": address(name), "displayName": shown, **special}
            for name, (shown, special) in PEOPLE.items()],
        "applications": [
            {"displayName": LEDGER, "web": {
                **web, "implicitGrantSettings": {"enableIdTokenIssuance": True}},
             "passwordCredentials": [{"displayName": "fixture", "secretText": "ledger-page-secret"}],
             "oauth2PermissionGrants": SIGN_IN_SCOPES},
            {"displayName": CARGO, "web": {"redirectUris": [f"{apps}/cargo"]},
             "requiredResourceAccess": [{
                 "resource": CARGO_API, "scopes": [value for value, _, _ in SCOPES]}]},
            {"displayName": CARGO_API, "identifierUris": ["api://freight.harbour.example"],
             "api": {"requestedAccessTokenVersion": 2, "oauth2PermissionScopes": [
                 {"value": value, "type": kind, "adminConsentDisplayName": text}
                 for value, kind, text in SCOPES]}},
            {"displayName": VAULT, "web": {"redirectUris": [f"{apps}/vault"]},
             "servicePrincipal": {"appRoleAssignmentRequired": True},
             "oauth2PermissionGrants": SIGN_IN_SCOPES},
            {"displayName": BRIDGE, "isFallbackPublicClient": True,
             "publicClient": {"redirectUris": ["http://localhost"]},
             "oauth2PermissionGrants": SIGN_IN_SCOPES},
        ],
        "conditionalAccessPolicies": [
            policy("Passkeys for the vault crew", ["pax.key", "polly.new"],
                   {"authenticationStrength": {"id": "00000000-0000-0000-0000-000000000004"}}),
            policy("New password at high risk", ["rita.risk"],
                   {"builtInControls": ["mfa", "passwordChange"]}, userRiskLevels=["high"]),
            policy("Terms of the quay", ["tess.terms"], {"termsOfUse": ["Rules of the quay, 2026"]}),
            policy("Nobody from the night shift, and nobody from a device that the harbour office "
                   "does not know", ["bea.blocked"], {"builtInControls": ["block"]}),
        ],
    }


def tenants(folder, apps):
    """The shipped tenants and this one."""
    target = pathlib.Path(folder) / "tenants"
    shutil.copytree(ROOT / "tenants", target)
    place = target / "harbour"
    place.mkdir()
    (place / "tenant.json").write_text(json.dumps(fixture(apps), indent=2, ensure_ascii=False))
    return target
