import SimCore
import SimDirectory
import SimPortal
import Testing

@Suite("Attribute names of the control API — mapping-expressions.md §9.1")
struct UserAttributeNamesTests {
    @Test(
        "each is one the directory knows, under Graph's name and Entra's",
        arguments: UserAttributeNames.attributes)
    func known(_ name: String) {
        let entra = UserAttributeNames.entraName(of: name)
        #expect(UserAttribute.named(entra)?.name == entra)
        #expect((UserAttribute.named(entra)?.kind == .boolean) == UserAttributeNames.isFlag(name))
        // `businessPhones` is a list on the wire and one text in the directory.
        let isList = UserAttribute.named(entra)?.kind == .strings || name == "businessPhones"
        #expect(isList == UserAttributeNames.isList(name))
    }

    @Test("a user comes back under Graph's names, a phone as a list, never with a password")
    func answer() {
        var user = User(
            id: UserID(GUID(seed: 1, name: "ada")), userPrincipalName: "ada@fabrikam.test",
            displayName: "Ada", credential: UserCredential(password: "Analytical-1"),
            createdAt: Timestamp(seconds: 0))
        user.attributes["mobile"] = "+1"
        user.attributes["telephoneNumber"] = "+2"
        user.attributes["physicalDeliveryOfficeName"] = "B2"
        let profile = TenantProfile(
            id: TenantID(GUID(seed: 1, name: "t")), name: "fabrikam", displayName: "Fabrikam",
            domains: ["fabrikam.test"], pairwiseSalt: [])
        let answer = UserAnswer.json(user, in: DirectorySnapshot(profile: profile))
        #expect(answer["mobilePhone"] == "+1")
        #expect(answer["businessPhones"] == ["+2"])
        #expect(answer["officeLocation"] == "B2")
        #expect(!answer.text.contains("Analytical-1"))
        #expect(answer["manager"] == nil)
    }
}
