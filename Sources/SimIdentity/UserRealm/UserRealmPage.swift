import SimCore
import SimHTTP

/// The XML form of a user realm answer.
struct UserRealmPage {
    /// Members become elements of the same name.
    let realm: JSONObject

    var xml: String {
        let elements = realm.members.map { member in
            let text = member.value.stringValue ?? member.value.text
            return "<\(member.name)>\(PageText.escaped(text))</\(member.name)>"
        }
        return #"<RealmInfo Success="true">"# + elements.joined() + "</RealmInfo>"
    }
}
