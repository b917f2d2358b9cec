import Foundation
import Synchronization

/// The process's output as whole lines: lines of several threads never mix.
final class StandardOutput: Sendable {
    static let shared = StandardOutput(descriptor: STDOUT_FILENO)

    private let descriptor: Mutex<Int32>

    init(descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    func write(line: String) {
        let bytes = Array((line + "\n").utf8)
        descriptor.withLock { descriptor in
            var written = 0
            while written < bytes.count {
                let count = bytes[written...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
                // A closed or full output cannot be reported anywhere; the rest of the line is given up.
                guard count > 0 || errno == EINTR else { return }
                written += max(0, count)
            }
        }
    }
}
