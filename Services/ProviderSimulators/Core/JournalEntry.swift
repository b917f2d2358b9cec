import Foundation

/// One exchange with a provider, as an observer on the wire would have seen it.
struct JournalEntry: Sendable {
    let sequence: Int
    let provider: String
    let request: SimulatedRequest
    /// What the provider answered, even when the answer was then thrown away.
    var response: SimulatedResponse?
    var fault: FaultMode?
    /// Whether the provider has done what was asked.
    var applied = false

    // Credentials never leave the process through the journal.
    private static let secretHeaders: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "x-shopify-access-token", "x-recharge-access-token",
        "api-key",
        "x-webhook-token",
    ]

    func json() -> JSON {
        [
            "seq": .int(sequence),
            "at": .string(Timestamps.utc(request.now)),
            "provider": .string(provider),
            "method": .string(request.method),
            "path": .string(request.path),
            "query": Self.object(request.query),
            "headers": Self.object(request.headers.map(Self.redacted)),
            "body": carriesTokens ? "[redacted]" : bodyJSON,
            "status": response.map { .int($0.status) } ?? .null,
            "response": carriesTokens ? "[redacted]" : response?.journalBody ?? .null,
            "fault": .text(fault?.rawValue),
            "applied": .bool(applied),
        ]
    }

    /// Whether tokens are asked for and given.
    private var carriesTokens: Bool { request.path.hasPrefix("/oauth2/") }

    private var bodyJSON: JSON {
        switch request.body {
        case .empty: .null
        case .json(let value): value
        case .other: .string(String(decoding: request.bytes, as: UTF8.self))
        }
    }

    private static func redacted(_ field: SimulatedRequest.Field) -> SimulatedRequest.Field {
        secretHeaders.contains(field.name) ? .init(name: field.name, value: "[redacted]") : field
    }

    private static func object(_ fields: [SimulatedRequest.Field]) -> JSON {
        var object = JSONObject()
        for field in fields { object[field.name] = .string(field.value) }
        return .object(object)
    }
}
