import SimRuntime
import Synchronization

/// The keys of simulators that keep none: made once per process, because an RSA key costs a third
/// of a second and a test suite starts hundreds of simulators.
enum ProcessKeys {
    private static let made = Mutex<[[String]: KeySet]>([:])

    static func shared(extraServerNames names: [String]) throws(KeyFailure) -> KeySet {
        let result = made.withLock { made -> Result<KeySet, KeyFailure> in
            if let keys = made[names] { return .success(keys) }
            do throws(KeyFailure) {
                let keys = try KeySet(
                    .memory, extraServerNames: names, machineTime: SystemClock().now,
                    random: SystemRandom())
                made[names] = keys
                return .success(keys)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
