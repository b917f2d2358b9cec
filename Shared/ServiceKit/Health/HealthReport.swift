import Foundation
import HTTPTypes
import Hummingbird

/// The answer to a readiness probe: `{"status":"ok"}`, or 503 with the checks that fail.
public struct HealthReport: Equatable, Sendable, Encodable {
    public struct Failure: Equatable, Sendable, Encodable {
        public let check: String
        public let reason: String
    }

    public let status: String
    public let failing: [Failure]

    init(failing: [Failure]) {
        status = failing.isEmpty ? "ok" : "unavailable"
        self.failing = failing
    }

    public var isReady: Bool { failing.isEmpty }
}
