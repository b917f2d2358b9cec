/// One answer of a provider.
struct SimulatedResponse: Sendable, Equatable {
    enum Body: Sendable, Equatable {
        case empty
        case json(JSON)
        case text(String, contentType: String)
    }

    var status: Int
    var headers: [SimulatedRequest.Field] = []
    var body: Body = .empty
    /// Whether the provider did what it was asked. A refusal inside a 2xx sets it to false.
    var applied: Bool
    /// SKUs that every other provider knows from now on too.
    var announcedSKUs: [String] = []

    init(status: Int, headers: [SimulatedRequest.Field] = [], body: Body = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
        applied = status < 400
    }

    static func json(_ value: JSON, status: Int = 200) -> SimulatedResponse {
        SimulatedResponse(status: status, body: .json(value))
    }

    /// A problem of the control surface (RFC 9457).
    static func problem(_ status: Int, _ detail: String) -> SimulatedResponse {
        .json(
            ["type": "about:blank", "title": "Refused", "status": .int(status), "detail": .string(detail)],
            status: status)
    }

    func adding(_ name: String, _ value: String) -> SimulatedResponse {
        var copy = self
        copy.headers.append(.init(name: name, value: value))
        return copy
    }

    var bytes: [UInt8] {
        switch body {
        case .empty: []
        case .json(let value): value.bytes
        case .text(let text, _): Array(text.utf8)
        }
    }

    var contentType: String? {
        switch body {
        case .empty: nil
        case .json: "application/json; charset=utf-8"
        case .text(_, let type): type
        }
    }

    /// The JSON of the body; `null` for every other.
    var document: JSON { if case .json(let value) = body { value } else { .null } }

    /// The body as the journal shows it.
    var journalBody: JSON {
        switch body {
        case .empty: .null
        case .json(let value): value
        case .text(let text, _): .string(text)
        }
    }
}

/// A handler's way to say no: the answer to give instead. Thrown before anything was changed.
struct Refusal: Error {
    var response: SimulatedResponse
}
