import SimProvisioning
import SimRuntime

/// Mails of the provisioning service as files of the data folder: `mail/<time>-<job>.txt`.
struct NoticeFolder: Sendable {
    private let path: String

    init(dataFolder: String) {
        path = dataFolder + "/mail"
    }

    /// Writes a mail. It stays in the tenant's log whether or not the file can be written.
    func deliver(_ notice: ProvisioningNotice, _ job: String) {
        let time = notice.at.iso8601.filter { $0 != ":" }
        do throws(FileFailure) {
            try FileAccess.createFolder(path)
            try FileAccess.writeAtomically(
                Array(notice.text.utf8), to: "\(path)/\(time)-\(job).txt")
        } catch {
            // The record is what counts; the file is a convenience.
        }
    }
}
