import Foundation

/// The first answer to each key, kept for a day.
struct StripeIdempotency: Sendable {
    private struct Entry: Sendable {
        let fingerprint: [UInt8]
        let response: SimulatedResponse
        let at: Date
    }

    enum Found {
        case new
        case same(SimulatedResponse)
        /// The key belongs to a request with other parameters.
        case other
    }

    private static let keptFor: TimeInterval = 24 * 3600
    private var entries: [String: Entry] = [:]

    mutating func find(_ key: String, _ request: SimulatedRequest) -> Found {
        guard let entry = entries[key] else { return .new }
        guard request.now.timeIntervalSince(entry.at) < Self.keptFor else {
            entries[key] = nil
            return .new
        }
        return entry.fingerprint == Self.fingerprint(request) ? .same(entry.response) : .other
    }

    mutating func keep(_ response: SimulatedResponse, for key: String, _ request: SimulatedRequest) {
        entries[key] = Entry(fingerprint: Self.fingerprint(request), response: response, at: request.now)
    }

    private static func fingerprint(_ request: SimulatedRequest) -> [UInt8] {
        Array("\(request.method) \(request.path)\n".utf8) + request.bytes
    }
}
