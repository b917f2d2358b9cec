import Crypto
import Foundation

/// Names the build that runs: each activation of a saga records it, so that a divergence can be laid to a deploy.
enum BuildID {
    /// The beginning of the executable's SHA-256, the same on every machine that runs the same build.
    static let current: String = {
        guard let executable = try? Data(contentsOf: URL(filePath: "/proc/self/exe"), options: .mappedIfSafe) else {
            return "unknown"
        }
        return SHA256.hash(data: executable).prefix(6).map { String(format: "%02x", $0) }.joined()
    }()
}
