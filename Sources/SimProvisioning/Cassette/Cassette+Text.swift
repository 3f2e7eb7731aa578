import SimCore

// The file: JSON, one value a line. The first line says what it is, each other one holds a call.
extension Cassette {
    private static let mark = "cassette"

    /// The lines of the file, without their ends.
    package var lines: [JSONValue] {
        let header: JSONValue = [
            .init(stringLiteral: Self.mark): .int(Int64(Self.version)), "app": .string(app),
            "cycle": .string(kind.rawValue), "calls": .int(Int64(exchanges.count)),
            "complete": .bool(isComplete),
        ]
        return [header] + exchanges.map(\.json)
    }

    /// Reads a file.
    package init(parsing bytes: [UInt8]) throws(CassetteError) {
        guard bytes.count <= Self.byteLimit else {
            throw CassetteError(
                line: nil, "is larger than \(Self.byteLimit >> 20) MB", hint: nil)
        }
        var reader: CassetteReader?
        var exchanges: [CassetteExchange] = []
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if text.isEmpty { continue }
            let value = try Self.value(Array(text), line: number)
            guard let known = reader else {
                reader = try CassetteReader(header: value, line: number)
                continue
            }
            guard exchanges.count < min(known.calls, Self.exchangeLimit) else {
                throw CassetteError(
                    line: number, "is one call too many: the first line says \(known.calls)")
            }
            exchanges.append(try CassetteReader.exchange(value, line: number))
        }
        guard let reader else {
            throw CassetteError(
                line: nil, "is empty", hint: "'provision run APP --record FILE' makes one")
        }
        guard exchanges.count == reader.calls else {
            throw CassetteError(
                line: number,
                "is the end, after \(exchanges.count) of \(reader.calls) calls: the file was cut")
        }
        self.init(
            app: reader.app, kind: reader.kind, isComplete: reader.isComplete,
            exchanges: exchanges)
    }

    private static func value(
        _ bytes: [UInt8], line: Int
    ) throws(CassetteError) -> JSONValue {
        do throws(JSONError) {
            return try JSONValue(parsing: bytes)
        } catch {
            let column = error.position(in: bytes).column
            throw CassetteError(
                line: line, "is not JSON: \(error.explanation) at column \(column)",
                hint: "a cassette has one JSON object a line")
        }
    }
}

extension CassetteExchange {
    /// The line of the file.
    package var json: JSONValue {
        var object = JSONObject()
        if let subject {
            object.append(
                "object",
                [
                    "type": .string(subject.kind.rawValue), "id": .string(subject.id),
                    "name": .string(subject.name),
                ])
        }
        object.append("operation", .string(operation.rawValue))
        var request: JSONObject = [
            "method": .string(method), "path": .string(path), "headers": .object(headers),
        ]
        request.appendIfPresent("body", body)
        object.append("request", .object(request))
        switch answer {
        case .response(let status, let headers, let body):
            var answer: JSONObject = [
                "status": .int(Int64(status)), "headers": .object(headers),
            ]
            answer.appendIfPresent("body", body)
            object.append("answer", .object(answer))
        case .failure(let reason):
            object.append("answer", ["failure": .string(reason)])
        }
        return .object(object)
    }
}

/// Why a file cannot be read as a cassette.
package struct CassetteError: Error, Hashable, Sendable {
    /// From 1; nil when it is about the whole file.
    package let line: Int?
    /// Follows the file's name and line: `is not JSON`, `has the unknown key 'statsu'`.
    package let problem: String
    package let hint: String?

    init(line: Int?, _ problem: String, hint: String? = nil) {
        self.line = line
        self.problem = problem
        self.hint = hint
    }
}
