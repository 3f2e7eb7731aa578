/// The words generated directories are made of.
enum GeneratedNames {
    struct Department: Sendable {
        let name: String
        let titles: [String]
    }

    struct Site: Sendable {
        let city: String
        let country: String
        let code: String
        let language: String
        /// Of telephone numbers.
        let prefix: String
    }

    /// ASCII only: they become part of user principal names.
    static let given = [
        "Aisha", "Alan", "Amara", "Anders", "Beatriz", "Ben", "Carla", "Chen", "Clara", "Daniel",
        "Daria", "Dmitri", "Elena", "Elias", "Emma", "Farah", "Felix", "Gita", "Grace", "Hana",
        "Henry", "Ines", "Ivan", "Jamal", "Jana", "Joao", "Julia", "Kaito", "Karin", "Kofi",
        "Laila", "Lars", "Lena", "Leo", "Lucia", "Malik", "Maria", "Marta", "Mei", "Miguel",
        "Mina", "Nadia", "Nils", "Noah", "Nora", "Olga", "Omar", "Paula", "Pedro", "Petra",
        "Priya", "Rafael", "Ravi", "Rosa", "Samir", "Sara", "Sofia", "Stefan", "Tara", "Theo",
        "Tomas", "Vera", "Wei", "Yuki",
    ]

    static let surnames = [
        "Abe", "Adams", "Ahmed", "Almeida", "Andersen", "Baker", "Bauer", "Becker", "Berg",
        "Brown", "Castro", "Chang", "Cohen", "Costa", "Dahl", "Davis", "Diaz", "Dubois", "Evans",
        "Fischer", "Fonseca", "Garcia", "Gomez", "Green", "Haddad", "Hall", "Hansen", "Hassan",
        "Ito", "Ivanova", "Jensen", "Johnson", "Kaya", "Keller", "Khan", "Kim", "Klein",
        "Kowalski", "Kumar", "Larsen", "Lee", "Lopez", "Martin", "Mensah", "Meyer", "Moreau",
        "Mueller", "Nguyen", "Novak", "Okafor", "Olsen", "Park", "Patel", "Popov", "Ramos",
        "Rossi", "Sato", "Schmidt", "Silva", "Singh", "Smith", "Tanaka", "Torres", "Wong",
    ]

    static let departments = [
        Department(
            name: "Engineering",
            titles: ["Engineer", "Senior Engineer", "Test Engineer", "Architect"]),
        Department(
            name: "Sales", titles: ["Account Executive", "Sales Engineer", "Sales Associate"]),
        Department(name: "Marketing", titles: ["Marketing Specialist", "Designer", "Copywriter"]),
        Department(name: "Finance", titles: ["Accountant", "Controller", "Budget Analyst"]),
        Department(name: "Human Resources", titles: ["Recruiter", "HR Specialist"]),
        Department(
            name: "Operations", titles: ["Operations Specialist", "Planner", "Shift Supervisor"]),
        Department(name: "Customer Care", titles: ["Support Agent", "Support Specialist"]),
        Department(name: "Legal", titles: ["Counsel", "Paralegal"]),
        Department(
            name: "IT", titles: ["System Administrator", "Security Analyst", "IT Specialist"]),
    ]

    static let sites = [
        Site(
            city: "Seattle", country: "United States", code: "US", language: "en-US",
            prefix: "+1 206"),
        Site(
            city: "London", country: "United Kingdom", code: "GB", language: "en-GB",
            prefix: "+44 20"),
        Site(city: "Berlin", country: "Germany", code: "DE", language: "de-DE", prefix: "+49 30"),
        Site(city: "Lisbon", country: "Portugal", code: "PT", language: "pt-PT", prefix: "+351 21"),
        Site(city: "Osaka", country: "Japan", code: "JP", language: "ja-JP", prefix: "+81 6"),
        Site(city: "Nairobi", country: "Kenya", code: "KE", language: "en-KE", prefix: "+254 20"),
    ]

    static let topics = [
        "Project Aurora", "Project Basalt", "Project Cedar", "Site", "Department", "On-call",
        "Readers", "Editors", "Pilot", "Guild",
    ]
}
