import SimCore
import SimDirectory

// An attributeMappingSource read back. mapping-expressions.md §3.1.
extension MappingExpression {
    /// Reads the tree form, the text form or both. Of a function with parameters the parameters
    /// count, whatever the text says; without them the text does.
    ///
    /// - Parameter settings: decide which functions are known.
    package init(
        resource json: JSONValue, path: String, settings: ExpressionSettings = .standard
    ) throws(SchemaError) {
        if let text = json.stringValue {
            self = try Self.parsed(text, path: path, settings)
            return
        }
        guard let object = json.objectValue else {
            throw .unexpectedValue(path: path, expected: "an attributeMappingSource")
        }
        let text = object["expression"]?.stringValue
        let hasTree = object["parameters"]?.arrayValue.map { !$0.isEmpty } ?? false
        let isFunction = object["type"]?.stringValue == "Function"
        if let text, isFunction || object["name"]?.stringValue == nil, !hasTree {
            self = try Self.parsed(text, path: path + ".expression", settings)
            return
        }
        // Where text and tree say the same there is nothing to choose; a call that ends in an empty
        // argument can only be read from the text, because the tree leaves that argument out.
        if isFunction, let text,
            let own = try? ExpressionParser.parse(text, settings: settings), own.resource == json
        {
            self = own
            return
        }
        let tree = try Self.parsed(
            try Self.text(of: object, path: path), path: path, settings)
        // The tree holds numbers as text; where both forms agree the text says which are numbers.
        if isFunction, let text,
            let own = try? ExpressionParser.parse(text, settings: settings),
            own.stored == tree.stored
        {
            self = own
        } else {
            self = tree
        }
    }

    private static func parsed(
        _ text: String, path: String, _ settings: ExpressionSettings
    ) throws(SchemaError) -> MappingExpression {
        do {
            return try ExpressionParser.parse(text, settings: settings)
        } catch {
            throw .expression(path: path, error)
        }
    }

    private static let operators = Set(Comparison.allCases.map(\.rawValue))

    /// The text a tree stands for; what is wrong with it shows when the text is parsed.
    private static func text(
        of object: JSONObject, path: String, depth: Int = 0
    ) throws(SchemaError) -> String {
        guard let name = object["name"]?.stringValue, depth <= ExpressionParser.depthLimit else {
            throw .unexpectedValue(path: path + ".name", expected: "a name")
        }
        switch object["type"]?.stringValue ?? "Attribute" {
        case "Attribute": return "[\(name)]"
        case "Constant":
            let isWord = Word(rawValue: name) != nil && object["expression"]?.stringValue == name
            return isWord ? name : quoted(name)
        case "Function": break
        default:
            throw .unexpectedValue(
                path: path + ".type", expected: "Attribute, Constant or Function")
        }
        var arguments: [(key: String, text: String)] = []
        for (index, item) in (object["parameters"]?.arrayValue ?? []).enumerated() {
            let place = "\(path).parameters[\(index)]"
            guard let value = item["value"]?.objectValue else {
                throw .unexpectedValue(path: place + ".value", expected: "a source")
            }
            let text = try text(of: value, path: place + ".value", depth: depth + 1)
            arguments.append((item["key"]?.stringValue ?? "", text))
        }
        if operators.contains(name), arguments.count == 2 {
            return "\(arguments[0].text) \(name) \(arguments[1].text)"
        }
        let places = ExpressionFunction.named(name)?.arranged(arguments) ?? arguments.map(\.text)
        return "\(name)(\(places.joined(separator: ", ")))"
    }

    /// What the stored form keeps of a tree: numbers as text, no empty arguments at the end.
    private var stored: MappingExpression {
        switch self {
        case .attribute, .text, .word: self
        case .integer(let number): .text(String(number))
        case .decimal(let digits): .text(digits)
        case .call(let function, let arguments):
            .call(
                function,
                arguments.prefix((arguments.lastIndex { $0 != nil } ?? -1) + 1)
                    .map { $0?.stored })
        case .comparison(let left, let comparison, let right):
            .comparison(left.stored, comparison, right.stored)
        }
    }
}

extension ExpressionFunction {
    /// Names some published samples use for our parameters.
    private static let aliases = ["find": "oldvalue", "replacement": "replacementvalue"]

    /// Arguments in their places, an empty text where one was left out: by key where every key is
    /// known, else in the order given.
    fileprivate func arranged(_ arguments: [(key: String, text: String)]) -> [String] {
        let fixed = parameters.filter { $0.presence != .repeating }
        let isRepeating = fixed.count < parameters.count
        let names = fixed.map { $0.name.lowercased() }
        var places = names.map { _ in "" }
        var rest: [String] = []
        var isTaken = names.map { _ in false }
        for argument in arguments {
            let key = argument.key.lowercased()
            let place = names.firstIndex(of: key) ?? Self.aliases[key].flatMap(names.firstIndex)
            if let place, !isTaken[place] {
                places[place] = argument.text
                isTaken[place] = true
            } else if isRepeating {
                rest.append(argument.text)
            } else {
                return arguments.map(\.text)
            }
        }
        // Only a switch may leave a fixed place of a repeating function empty.
        let needed = zip(fixed, isTaken).allSatisfy { $0.presence == .optional || $1 }
        guard needed else { return arguments.map(\.text) }
        return places + rest
    }
}
