"""Every page in a real browser: by keyboard alone, without JavaScript, on desktop and phone, light
and dark, judged by axe-core.

    PAGES_DIR=pictures python -m pytest Tests/Interop/test_pages.py

also leaves a picture of each page, in each size and scheme, in that folder."""

import contextlib
import pathlib
import re
import shutil
import urllib.parse

import pytest
from playwright.sync_api import sync_playwright

import page_tenant as harbour
from keyboard import Apps, Keyboard
from page_look import Looks
from page_tenant import address
from simulator import ROOT, Simulator

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no chromium: apt-get install chromium")

# Files and types called …Page that are no page of a browser.
NOT_LOOKED_AT = {
    "RedirectPage": "the body of a redirect, which browsers never show",
    "UserRealmPage": "XML for clients",
    "DefectPage": "what a broken gateway answers to SCIM clients; ugly on purpose",
    "HelpPage": "text of the command line",
    "TeamAsidePage": "what surrounds a team's small pages, which are looked at",
    "BodyRedaction+Page": "data for the journal",
}


class House:
    """One simulator with the tenant of hard names, one browser, and what was looked at."""

    def __init__(self, sim, browser, apps):
        self.sim, self.browser, self.looks, self.apps = sim, browser, Looks(browser), apps
        self.tenant = next(
            tenant for tenant in sim.ready["tenants"] if tenant["domain"] == harbour.DOMAIN)

    def app(self, name):
        return next(app for app in self.tenant["apps"] if app["name"] == name)

    def authorize(self, app=harbour.LEDGER, tenant=harbour.DOMAIN, **more):
        """An authorization request of an app, without a hint unless one is given."""
        app = self.app(app)
        query = {
            "client_id": app["clientId"], "response_type": "code",
            "redirect_uri": app["redirectUris"][0], "scope": "openid profile", "nonce": "n-1",
            "state": "s-1", **more}
        return f"{self.sim.base}/{tenant}/oauth2/v2.0/authorize?{urllib.parse.urlencode(query)}"

    @contextlib.contextmanager
    def visitor(self):
        """A person with a fresh browser window; what they saw is judged at the end."""
        with Keyboard(self.browser) as keys:
            yield keys
        self.looks.verdict()

    @contextlib.contextmanager
    def scripted(self):
        """A window that runs scripts, and what its console complains about: broken policies."""
        context = self.browser.new_context(ignore_https_errors=True)
        page, complaints = context.new_page(), []
        page.on("console", lambda line: line.type == "error" and "404" not in line.text
                and complaints.append(line.text))
        yield page, complaints
        context.close()

    def sign_in(self, keys, name, app=harbour.LEDGER, stay="No", **more):
        """To the end of the password page, and past "stay signed in" with an answer."""
        keys.open(self.authorize(app, login_hint=address(name), **more))
        keys.answer("Password", harbour.PASSWORD)
        if stay and keys.heading() == "Stay signed in?":
            keys.choose(stay)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    with (Apps() as apps,
          Simulator(folder / "sim", tenants=harbour.tenants(folder, apps.address)) as sim,
          sync_playwright() as playwright):
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--force-color-profile=srgb"])
        yield House(sim, browser, apps)
        browser.close()


# Who are you?


def test_the_account_page_and_its_mistakes(house):
    look = house.looks.at
    with house.visitor() as keys:
        keys.open(house.authorize())
        look(keys, "UserNamePage", heading="Sign in", focus="Email or user name")
        keys.reach("Where this sign-in comes from")
        keys.press("Space")
        look(keys, "SituationPanelPage", "open", heading="Sign in")
        keys.reach("Test accounts of this tenant")
        keys.press("Space")
        look(keys, "UserNamePage", "test-accounts", heading="Sign in")
        keys.answer("Email or user name", "")
        look(keys, "UserNamePage", "nothing", heading="Sign in", focus="Email or user name",
             error="Enter a valid email address")
        keys.answer("Email or user name", "ada.quill")
        look(keys, "UserNamePage", "no-domain", heading="Sign in", focus="Email or user name",
             error="someone@example.com")
        keys.answer("Email or user name", "w" * 90 + "@harbour.example")
        look(keys, "UserNamePage", "unknown", heading="Sign in", focus="Email or user name",
             error="couldn't find an account")
        keys.answer("Email or user name", address("ada.quill"))
        assert keys.heading() == "Enter password"


def test_an_account_is_picked_from_the_panel_by_keyboard(house):
    with house.visitor() as keys:
        keys.open(house.authorize())
        keys.reach("Test accounts of this tenant")
        keys.press("Space")
        keys.choose("يوسف")
        assert keys.heading() == "Enter password"
        house.looks.at(keys, "PasswordPage", "right-to-left", heading="Enter password",
                       focus="Password")


def test_the_password_page_and_its_mistakes(house):
    look = house.looks.at
    with house.visitor() as keys:
        long = next(name for name in harbour.PEOPLE if len(name) > 40)
        keys.open(house.authorize(login_hint=address(long)))
        look(keys, "PasswordPage", heading="Enter password", focus="Password")
        keys.reach("Password of this test account")
        keys.press("Space")
        look(keys, "PasswordPage", "test-password", heading="Enter password")
        keys.answer("Password", "wrong")
        look(keys, "PasswordPage", "wrong", heading="Enter password", focus="Password",
             error="incorrect")
        keys.answer("Password", "")
        look(keys, "PasswordPage", "nothing", heading="Enter password", focus="Password",
             error="password")
        keys.choose("Change")
        assert keys.heading() == "Sign in"
        for name, state, error in (
                ("lockhart", "locked", "locked"), ("dormer", "disabled", "disabled")):
            keys.answer("Email or user name", address(name))
            keys.answer("Password", harbour.PASSWORD)
            look(keys, "PasswordPage", state, heading="Enter password", focus="Password",
                 error=error)
            keys.choose("Change")


def test_an_expired_password_is_changed(house):
    look = house.looks.at
    with house.visitor() as keys:
        house.sign_in(keys, "exeter")
        look(keys, "PasswordChangePage", heading="Update your password", focus="Current password")
        for current, first, second, state, wrong, error in (
                ("a guess", "Keel and Anchor 7", "Keel and Anchor 7", "guess",
                 "Current password", "is incorrect"),
                (harbour.PASSWORD, "short", "short", "short", "New password", "at least 8"),
                (harbour.PASSWORD, "Keel and Anchor 7", "Keel and Anchor 8", "different",
                 "Confirm password", "don't match"),
                (harbour.PASSWORD, "Password-4711", "Password-4711", "banned", "New password",
                 "harder to guess")):
            change_password(keys, current, first, second)
            look(keys, "PasswordChangePage", state, heading="Update your password",
                 focus=wrong, error=error)
        change_password(keys, harbour.PASSWORD, "Keel and Anchor 7", "Keel and Anchor 7")
        assert keys.heading() == "Stay signed in?"


def change_password(keys, current, first, second):
    keys.write("Current password", current)
    keys.write("New password", first)
    keys.answer("Confirm password", second)


def test_a_password_at_risk_is_changed(house):
    with house.visitor() as keys:
        house.sign_in(keys, "rita.risk", stay=None)
        keys.answer("Code", keys.text("#simulated-code"))
        house.looks.at(keys, "PasswordChangePage", "risk", heading="Update your password",
                       focus="Current password")


# A second step


def test_a_code_is_asked_for(house):
    look = house.looks.at
    with house.visitor() as keys:
        house.sign_in(keys, "mira.code", stay=None)
        look(keys, "SecondFactorPage", heading="Enter code", focus="Code")
        code = keys.text("#simulated-code")
        keys.answer("Code", "000")
        look(keys, "SecondFactorPage", "wrong", heading="Enter code", focus="Code",
             error="didn't work")
        keys.answer("Code", code)
        assert keys.heading() == "Stay signed in?"


def test_an_authenticator_app_and_a_passkey_are_asked_for(house):
    look = house.looks.at
    with house.visitor() as keys:
        house.sign_in(keys, "noor.app", stay=None)
        look(keys, "SecondFactorPage", "authenticator", heading="Enter code", focus="Code")
    with house.visitor() as keys:
        house.sign_in(keys, "pax.key", stay=None)
        look(keys, "SecondFactorPage", "passkey",
             heading="Face, fingerprint, PIN or security key", focus="Use passkey")
        keys.enter()
        assert keys.heading() == "Stay signed in?"


def test_a_second_step_is_set_up(house):
    look, heading = house.looks.at, "Keep your account secure"
    with house.visitor() as keys:
        house.sign_in(keys, "enid.new", stay=None)
        look(keys, "EnrolmentPage", heading=heading, focus="Code")
        keys.answer("Code", "12")
        look(keys, "EnrolmentPage", "wrong", heading=heading, focus="Code", error="didn't work")
        keys.answer("Code", keys.text("#simulated-code"))
        assert keys.heading() == "Stay signed in?"
    with house.visitor() as keys:
        house.sign_in(keys, "polly.new", stay=None)
        look(keys, "EnrolmentPage", "passkey", heading=heading, focus="Register passkey")
        keys.enter()
        assert keys.heading() == "Stay signed in?"


# Before the app


def test_terms_are_accepted(house):
    with house.visitor() as keys:
        house.sign_in(keys, "tess.terms", stay=None)
        house.looks.at(
            keys, "TermsOfUsePage",
            heading="Terms of use")
        keys.choose("Accept")
        assert keys.heading() == "Stay signed in?"


def test_staying_signed_in(house):
    with house.visitor() as keys:
        house.sign_in(keys, "joerg.wueest", stay=None)
        house.looks.at(keys, "StaySignedInPage", heading="Stay signed in?", focus="Yes")
        keys.enter()
        assert "code" in house.apps.last("/ledger")[1]
        assert any(cookie["name"] == "ESTSAUTHPERSISTENT" for cookie in keys.context.cookies())


def freight(*values):
    return {"scope": " ".join(["openid", "profile", "offline_access"] + [
        f"api://freight.harbour.example/{value}" for value in values])}


EVERY_SCOPE = [value for value, kind, _ in harbour.SCOPES if kind == "User"]


def test_consent_of_a_person(house):
    with house.visitor() as keys:
        house.sign_in(keys, "kit.marlow", harbour.CARGO, **freight(*EVERY_SCOPE))
        house.looks.at(keys, "ConsentPage", heading="Permissions requested")
        keys.choose("Cancel")
        assert house.apps.last("/cargo")[1]["error"] == "access_denied"
        keys.open(house.authorize(harbour.CARGO, **freight("Tides.Read")))
        house.looks.at(keys, "ConsentPage", "short", heading="Permissions requested")
        keys.choose("Accept")
        assert "code" in house.apps.last("/cargo")[1]


def test_consent_of_an_administrator(house):
    app = house.app(harbour.CARGO)
    with house.visitor() as keys:
        house.sign_in(keys, "ada.quill", harbour.CARGO, **freight("Quays.Book"))
        house.looks.at(keys, "ConsentPage", "organization-box", heading="Permissions requested")
        keys.reach("Consent on behalf of your organization")
        keys.press("Space")
        keys.open(f"{house.sim.base}/{harbour.DOMAIN}/adminconsent?client_id={app['clientId']}"
                  f"&redirect_uri={urllib.parse.quote(app['redirectUris'][0])}&state=1")
        house.looks.at(keys, "ConsentPage", "organization", heading="Permissions requested")
        keys.choose("Cancel")
        assert "error" in house.apps.last("/cargo")[1]


def test_approval_of_an_administrator_is_needed(house):
    app = house.app(harbour.CARGO)
    with house.visitor() as keys:
        house.sign_in(keys, "nia.bell", harbour.CARGO, **freight("Harbour.Manage"))
        house.looks.at(keys, "ConsentPage", "approval", heading="Approval required",
                       focus="Return to the application")
        keys.open(f"{house.sim.base}/{harbour.DOMAIN}/adminconsent?client_id={app['clientId']}"
                  f"&redirect_uri={urllib.parse.quote(app['redirectUris'][0])}")
        house.looks.at(keys, "ConsentPage", "not-an-administrator", heading="Need admin approval",
                       focus="Return to the application")
        keys.choose("Have an admin account?")
        assert keys.heading() == "Sign in"


# Several people in one browser, and the end


CROWD = ["ada.quill", next(name for name in harbour.PEOPLE if len(name) > 40), "yusuf.alharbi",
         "kit.marlow", "joerg.wueest", "nia.bell"]


def test_several_accounts_to_sign_in_with_and_out_of(house):
    look = house.looks.at
    sign_out = f"{house.sim.base}/{harbour.DOMAIN}/oauth2/v2.0/logout"
    with house.visitor() as keys:
        for name in CROWD:
            house.sign_in(keys, name, prompt="login")
        keys.open(house.authorize(prompt="select_account"))
        look(keys, "AccountChoicePage", heading="Pick an account", focus="Nia Bell")
        keys.enter()
        assert "code" in house.apps.last("/ledger")[1]
        keys.open(sign_out)
        look(keys, "SignOutChoicePage", heading="Pick an account", focus="Nia Bell")
        keys.choose("Kit Marlow")
        look(keys, "SignedOutPage", "one-of-several", heading="You signed out of your account")
        method, told = house.apps.last("/ledger/front-channel")
        assert method == "GET" and list(told) == ["sid"]


def test_signing_out_and_on_to_the_app(house):
    sign_out = f"{house.sim.base}/{harbour.DOMAIN}/oauth2/v2.0/logout"
    with house.visitor() as keys:
        keys.open(sign_out)
        house.looks.at(keys, "SignedOutPage", heading="You signed out of your account")
        house.sign_in(keys, "nia.bell")
        assert "code" in house.apps.last("/ledger")[1]
        keys.open(f"{sign_out}?post_logout_redirect_uri="
                  + urllib.parse.quote(f"{house.apps.address}/ledger/goodbye"))
        house.looks.at(keys, "SignedOutPage", "to-the-app", focus="Continue",
                       heading="You signed out of your account")
        keys.choose("Continue")
        house.apps.last("/ledger/goodbye")


# Devices


def device(house):
    answer = house.sim.session.post(
        f"{house.sim.base}/{harbour.DOMAIN}/oauth2/v2.0/devicecode",
        data={"client_id": house.app(harbour.BRIDGE)["clientId"], "scope": "openid profile"})
    return answer.json()["user_code"]


def test_a_device_is_let_in(house):
    look, place = house.looks.at, f"{house.sim.base}/common/oauth2/deviceauth"
    with house.visitor() as keys:
        keys.open(place)
        look(keys, "UserCodePage", heading="Enter code", focus="Code")
        keys.answer("Code", "")
        look(keys, "UserCodePage", "nothing", heading="Enter code", focus="Code", error="Enter")
        keys.answer("Code", "ABCD-NOPE")
        look(keys, "UserCodePage", "wrong", heading="Enter code", focus="Code",
             error="didn't work")
        keys.answer("Code", device(house))
        keys.answer("Email or user name", address("joerg.wueest"))
        keys.answer("Password", harbour.PASSWORD)
        keys.choose("No")
        look(keys, "DeviceConfirmationPage", focus="Continue",
             heading=f"Are you trying to sign in to {harbour.BRIDGE}?")
        keys.enter()
        look(keys, "DeviceAnsweredPage", "approved", heading=harbour.BRIDGE)
        code = device(house)
        keys.open(f"{place}?user_code={code}")
        keys.answer("Code", code)
        look(keys, "AccountChoicePage", "one", heading="Pick an account", focus="Jörg")
        keys.enter()
        keys.choose("Cancel")
        look(keys, "DeviceAnsweredPage", "cancelled", heading=harbour.BRIDGE)
        keys.open(place)
        keys.answer("Code", code)
        look(keys, "UserCodePage", "used", heading="Enter code", focus="Code",
             error="used already")
        code = device(house)
        house.sim.control("POST", "clock/advance", {"by": "16m"})
        keys.answer("Code", code)
        look(keys, "UserCodePage", "expired", heading="Enter code", focus="Code", error="expired")


# When nothing goes on


def test_errors_end_on_a_page(house):
    look = house.looks.at
    with house.visitor() as keys:
        known = house.app(harbour.LEDGER)["clientId"]
        keys.open(house.authorize().replace(known, "00000000-0000-4000-8000-000000000abc"))
        look(keys, "ErrorPage", "unknown-app", heading="Sign in", alert="700016")
        house.sign_in(keys, "nia.bell", harbour.VAULT)
        look(keys, "ErrorPage", "not-assigned", heading="Sign in", alert="50105")
        keys.choose("More about this error")
        look(keys, "ErrorLookupPage", "known", heading="Error look-up", focus="Error code")
        assert "50105" in keys.text("main")


def test_a_form_of_another_browser_is_refused(house):
    with house.visitor() as keys:
        keys.open(house.authorize(login_hint=address("nia.bell")))
        keys.context.clear_cookies()
        before = len(house.apps.received)
        keys.answer("Password", harbour.PASSWORD)
        house.looks.at(keys, "ErrorPage", "other-browser", heading="Sign in", alert="AADSTS")
        assert len(house.apps.received) == before


def test_a_blocked_person_sees_what_decided(house):
    with house.visitor() as keys:
        house.sign_in(keys, "bea.blocked")
        house.looks.at(keys, "AccessRefusedPage", heading="You don't have access to this",
                       alert="does not meet the criteria")
        assert "Nobody from the night shift" in keys.text("main")


def test_numbers_are_looked_up(house):
    look, place = house.looks.at, f"{house.sim.base}/error"
    with house.visitor() as keys:
        keys.open(place)
        look(keys, "ErrorLookupPage", heading="Error look-up", focus="Error code")
        keys.answer("Error code", "4")
        look(keys, "ErrorLookupPage", "unknown", heading="Error look-up", focus="Error code",
             error="4")
        keys.answer("Error code", "AADSTS50105")
        assert "50105" in keys.text("main")
        keys.open(f"{place}?code=50105")
        assert "50105" in keys.text("main")


def test_an_address_that_leads_nowhere(house):
    with house.visitor() as keys:
        for path in ("/no/such/page", "/apps/nobody/", "/v1.0x"):
            answer = keys.open(house.sim.base + path)
            assert answer.status == 404
        house.looks.at(keys, "NotFoundPage", heading="There is no such page")


def test_a_form_left_open_for_an_hour_is_refused(house):
    with house.visitor() as keys:
        keys.open(house.authorize(login_hint=address("nia.bell")))
        house.sim.control("POST", "clock/advance", {"by": "61m"})
        before = len(house.apps.received)
        keys.answer("Password", harbour.PASSWORD)
        house.looks.at(keys, "ErrorPage", "expired", heading="Sign in", alert="AADSTS")
        assert len(house.apps.received) == before


# To the app


def test_an_answer_by_form_post_needs_one_key(house):
    with house.visitor() as keys:
        before = len(house.apps.received)
        house.sign_in(keys, "nia.bell", response_mode="form_post")
        assert len(house.apps.received) == before
        house.looks.at(keys, "FormPostPage", heading="Working...", focus="Submit")
        keys.choose("Submit")
        method, brought = house.apps.last("/ledger")
        assert method == "POST" and brought["state"] == "s-1" and "code" in brought


def test_with_scripts_the_pages_break_no_rule_of_their_own_and_a_form_post_needs_no_key(house):
    with house.scripted() as (page, complaints):
        page.goto(house.authorize(response_mode="form_post", login_hint=address("nia.bell")))
        assert page.evaluate("$Config.pgid") == "ConvergedSignIn"
        page.get_by_label("Password").fill(harbour.PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="No").press("Enter")
        page.wait_for_url("**/ledger")
        method, brought = house.apps.last("/ledger")
        assert method == "POST" and "code" in brought
        for place in ("/portal", "/error?code=50105", "/apps/claras/", "/no/such/page"):
            page.goto(house.sim.base + place)
        assert not complaints


# Portal and sample apps


def test_the_portal(house):
    with house.visitor() as keys:
        keys.open(house.sim.base + "/")
        house.looks.at(keys, "PortalPage", heading="entra-sim")
        keys.choose("Claresia")
        assert keys.heading() == "Team"


@pytest.mark.parametrize("app", ["claresia", "claras"])
def test_the_team_page_of_a_sample_app(house, app):
    look, place = house.looks.at, f"{house.sim.base}/apps/{app}/"
    with house.visitor() as keys:
        house.sim.control("POST", f"tenants/contoso/apps/{app}/provisioning/run")
        keys.open(place)
        look(keys, "TeamPage", app, heading="Team")
        keys.answer("Search people", "megan")
        look(keys, "TeamPage", f"{app}-search", heading="Team")
        keys.write("Name", "Night shift")
        keys.choose("Issue key")
        look(keys, "TeamPage", f"{app}-key", heading="Team")
        assert "It will not be shown again" in keys.text("main")


def test_the_team_page_says_what_was_done_and_what_was_not(house):
    look, place = house.looks.at, f"{house.sim.base}/apps/claresia/"
    with house.visitor() as keys:
        keys.open(place)
        keys.reach("Choose")
        keys.press("Space")
        keys.reach("throttled")
        keys.press("Space")
        keys.answer("Calls with throttled", "30")
        look(keys, "TeamPage", "defects", heading="Team")
        assert "Defects saved" in keys.text("[role=status]")
        keys.answer("Group", "")
        assert "Role mapping saved" in keys.text("[role=status]")
        keys.answer("Group", "claresia-users")
        look(keys, "TeamPage", "problem", heading="Team", alert="stands here twice")
        keys.open(place + "keys")
        look(keys, "TeamRefusalPage", heading="That did not work", alert="no such page")
        keys.choose("Back to the team")
        assert keys.heading() == "Team"
        keys.open(place + "callback?code=1.AXo&state=7")
        look(keys, "TeamArrivalPage", heading="Back from signing in")
        keys.open(place + "callback?error=access_denied&error_description=Not+today")
        look(keys, "TeamArrivalPage", "error", heading="Back from signing in", alert="Not today")


# The list is complete


def test_every_page_is_looked_at():
    """A page added to the sources must be added here."""
    found = set()
    for path in (ROOT / "Sources").rglob("*Page*.swift"):
        found |= {path.stem} if path.stem.endswith("Page") else set()
        found |= set(re.findall(r"^(?:package )?(?:struct|enum) (\w+Page)\b", path.read_text(), re.M))
    text = pathlib.Path(__file__).read_text()
    looked_at = set(re.findall(r'\b(?:look|at)\(\s*keys, "(\w+)"', text))
    assert found - looked_at - set(NOT_LOOKED_AT) == set()
    assert (looked_at | set(NOT_LOOKED_AT)) - found - {"BodyRedaction+Page"} == set()
