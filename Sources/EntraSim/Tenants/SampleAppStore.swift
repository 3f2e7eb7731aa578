import SimCore
import SimRuntime
import SimTarget

/// Keeps a sample app's data in a file of the data folder, one JSON record a line.
enum SampleAppStore {
    /// The app as its file left it; a new file where there is none.
    ///
    /// - Parameter startsOver: forgets what is there.
    static func open(
        _ configuration: SampleAppConfiguration, folder: String, startsOver: Bool,
        random: any RandomSource
    ) throws(SimulatorFailure) -> SampleApp {
        let path = "\(folder)/\(configuration.name).jsonl"
        let file: RecordFile
        do throws(FileFailure) {
            try FileAccess.createFolder(folder, mode: 0o700)
            if startsOver { FileAccess.remove(path) }
            file = try RecordFile(path: path)
        } catch {
            throw SimulatorFailure(
                error, hint: "start over with --reseed, or choose another --data")
        }
        do throws(SampleAppRecordError) {
            return try SampleApp.restore(
                configuration, from: file.records, random: random, journal: file)
        } catch {
            throw SimulatorFailure(
                "\(path):\(error.index + 1): not a record of this app",
                hint: "start over with --reseed")
        }
    }
}

extension RecordFile: SampleAppJournal {
    package var mark: Int { size }

    package func rewind(to mark: Int) throws(SampleAppJournalError) {
        do throws(FileFailure) {
            try truncate(to: mark)
        } catch {
            throw SampleAppJournalError(reason: error.reason)
        }
    }

    package func append(_ records: [JSONValue]) throws(SampleAppJournalError) {
        do throws(FileFailure) {
            try write(records)
        } catch {
            throw SampleAppJournalError(reason: error.reason)
        }
    }
}
