import Commerce
import Foundation

/// Names one request in answers and log lines.
enum RequestID {
    static func make() -> String { "req_\(UUIDv7.make().uuidString.lowercased())" }
}
