extension ExpressionFunction {
    /// Random characters with at least so many of each class; 256 at most.
    static let randomString = ExpressionFunction(
        "RandomString",
        [
            Parameter("length"), Parameter("minimumNumbers"),
            Parameter("minimumSpecialCharacters"), Parameter("minimumCapital"),
            Parameter("minimumLowerCase"), Parameter("charactersToAvoid", .optional),
        ],
        Help(
            "a random text, for initial passwords", example: "RandomString(10, 2, 2, 2, 1, \"?,\")")
    ) { (call) throws(ExpressionEvaluationError) in
        let length = try call.integer(0)
        guard (0...256).contains(length) else { throw call.error("The length is at most 256.") }
        let avoided = Set(try call.text(5) ?? "")
        let classes = [
            "0123456789", "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/", "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            "abcdefghijklmnopqrstuvwxyz",
        ].map { $0.filter { !avoided.contains($0) } }
        var out: [Character] = []
        for (index, characters) in classes.enumerated() {
            let least = try call.integer(index + 1)
            guard least >= 0, least <= length - Int64(out.count) else {
                throw call.error("The length is less than the sum of the minimums.")
            }
            try draw(Int(least), from: Array(characters), call, into: &out)
        }
        try draw(Int(length) - out.count, from: Array(classes.joined()), call, into: &out)
        for index in out.indices.dropFirst().reversed() {
            out.swapAt(index, call.draw(below: index + 1))
        }
        return .string(String(out))
    }

    private static func draw(
        _ count: Int, from characters: [Character], _ call: borrowing ExpressionCall,
        into out: inout [Character]
    ) throws(ExpressionEvaluationError) {
        guard count > 0 else { return }
        guard !characters.isEmpty else {
            throw call.error("No characters are left after those to avoid.")
        }
        for _ in 0..<count { out.append(characters[call.draw(below: characters.count)]) }
    }
}
