import Foundation
import SimCore
import SimHTTP
import Testing

@testable import SimProvisioning

/// One cell of the table in `Tests/Transcripts/README.md`.
struct TranscriptCell: Sendable, CustomTestStringConvertible {
    let operation: TranscriptOperation
    let dialect: TranscriptDialect

    static let all: [TranscriptCell] = TranscriptOperation.allCases.flatMap { operation in
        TranscriptDialect.allCases.map { TranscriptCell(operation: operation, dialect: $0) }
    }

    var testDescription: String { "\(operation.rawValue) at \(dialect.rawValue)" }
}

@Suite("Golden transcripts: every operation in both dialects — provisioning.md §7")
struct TranscriptTests {
    /// Set to write the files from what is sent now, instead of comparing; such a run fails, so
    /// that nobody takes it for a test. Read the difference before committing it.
    private static let isRecording =
        ProcessInfo.processInfo.environment["RECORD_TRANSCRIPTS"] != nil

    @Test("the requests are, byte for byte, those of the file", arguments: TranscriptCell.all)
    func requests(_ cell: TranscriptCell) throws {
        let recording = cell.operation.recording
        let sent = try recording.transcript(cell.dialect.rawValue)
        #expect(!sent.isEmpty, "nothing was sent: the operation shows nothing")
        guard !Self.isRecording else { return }
        let file = try #require(
            TranscriptFile(named: cell.operation.fileName), "Tests/Transcripts has no such file")
        let wanted = try #require(file[cell.dialect.rawValue], "the file lacks this dialect")
        #expect(wanted == sent)
    }

    @Test("each file names the operation and where its truth comes from, and has nothing else")
    func files() throws {
        if Self.isRecording { try record() }
        #expect(
            TranscriptFile.names
                == (TranscriptOperation.allCases.map(\.fileName) + ["README.md"]).sorted())
        for operation in TranscriptOperation.allCases {
            let file = try #require(TranscriptFile(named: operation.fileName))
            #expect(file.title == operation.recording.title)
            #expect(file.source == operation.recording.source)
            #expect(file.sections.map(\.url) == TranscriptDialect.allCases.map(\.rawValue))
            #expect(file.source.contains(".md §"))
        }
    }

    @Test("README.md is the table of all files")
    func table() throws {
        let data = try Data(contentsOf: TranscriptFile.path("README.md"))
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("| [") }.map(String.init) == Self.rows)
    }

    @Test(
        "every operation: other flags beside or instead of the one choose one of the two dialects",
        arguments: [
            ("?AzureAdScimPatch2017", TranscriptDialect.standard),
            ("?x=1&y", .standard), ("/?AADOPTSCIM062020&x=1", .compliant),
            ("?AzureAdScimPatch062020", .compliant),
            ("?aadOptscim062020&AzureAdScimPatch2017", .standard),
            ("?AzureAdScimPatch2017&aadOptscim062020", .compliant),
        ])
    func flags(_ flags: String, dialect: TranscriptDialect) throws {
        for operation in TranscriptOperation.allCases where operation != .tenantFlagsEchoed {
            let recording = operation.recording
            #expect(
                try recording.transcript("https://target.example/scim" + flags)
                    == recording.transcript(dialect.rawValue), "\(operation.rawValue)")
        }
    }

    private static let rows: [String] = TranscriptOperation.allCases.map { operation in
        let recording = operation.recording
        return "| [\(operation.rawValue)](\(operation.fileName)) | \(recording.title) "
            + "| \(recording.source) |"
    }

    private func record() throws {
        Issue.record("transcripts written; read the difference, then run without the variable")
        for operation in TranscriptOperation.allCases {
            let recording = operation.recording
            let file = TranscriptFile(
                title: recording.title, source: recording.source,
                sections: try TranscriptDialect.allCases.map {
                    ($0.rawValue, try recording.transcript($0.rawValue))
                })
            try Data(file.text.utf8).write(to: TranscriptFile.path(operation.fileName))
        }
        let head = """
            # Transcripts

            What leaves for a target, byte for byte, by operation. Each file has the requests in \
            both dialects: as Entra writes them by itself, and with `?aadOptscim062020` in the \
            tenant URL. The only thing changed is the line end: LF here, CR LF on the wire. \
            `TranscriptTests` compares them with what the provisioning service sends; \
            `RECORD_TRANSCRIPTS=1` with that test writes them anew.

            | Operation | What happens | Where its truth comes from |
            |---|---|---|

            """
        let text = head + Self.rows.joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: TranscriptFile.path("README.md"))
    }
}
