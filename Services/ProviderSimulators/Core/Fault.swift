import Foundation

/// How an exchange is made to go wrong.
enum FaultMode: String, Sendable, CaseIterable {
    case status
    case delay
    case dropBefore = "drop_before"
    case dropAfter = "drop_after"
    case applyLater = "apply_later"
    case duplicateWebhook = "duplicate_webhook"
    case reorderWebhooks = "reorder_webhooks"
    case loseWebhook = "lose_webhook"

    /// Whether it concerns what the provider sends rather than what it receives.
    var concernsWebhooks: Bool {
        switch self {
        case .duplicateWebhook, .reorderWebhooks, .loseWebhook: true
        case .status, .delay, .dropBefore, .dropAfter, .applyLater: false
        }
    }
}

/// One planned fault.
struct Fault: Sendable {
    var id: String
    var provider: Glob?
    var method: Glob?
    /// Of a request the path without the prefix; of a webhook its topic.
    var path: Glob?
    var mode: FaultMode
    var response: SimulatedResponse
    /// How often it still strikes; nil for ever.
    var remaining: Int?
    var delay: Duration

    func json() -> JSON {
        [
            "id": .string(id),
            "provider": .text(provider?.text),
            "method": .text(method?.text),
            "path": .text(path?.text),
            "mode": .string(mode.rawValue),
            "status": .int(response.status),
            "remaining": .int(remaining ?? -1),
            "delay_ms": .int(
                Int(delay.components.seconds) * 1000 + Int(delay.components.attoseconds / 1_000_000_000_000_000)),
        ]
    }
}

extension Fault {
    /// Reads the body of `POST /_sim/faults`. The error says what is wrong with it.
    init(id: String, parsing json: JSON) throws(FaultSyntaxError) {
        guard let text = json["mode"].string, let mode = FaultMode(rawValue: text) else {
            throw FaultSyntaxError("mode must be one of \(FaultMode.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let status = json["status"].int ?? (mode == .status ? nil : 500)
        guard let status, (200...599).contains(status) else {
            throw FaultSyntaxError("mode status needs a status from 200 to 599")
        }
        let times = json["times"].isNull ? 1 : json["times"].int
        guard let times, times > 0 || times == -1 else {
            throw FaultSyntaxError("times must be at least 1, or -1 for ever")
        }
        let milliseconds = json["delay_ms"].isNull ? 0 : json["delay_ms"].int
        guard let milliseconds, milliseconds >= 0 else { throw FaultSyntaxError("delay_ms must not be negative") }
        self.init(
            id: id, provider: Self.glob(json["provider"]), method: Self.glob(json["method"]),
            path: Self.glob(json["path"]), mode: mode, response: Self.response(status, json),
            remaining: times == -1 ? nil : times, delay: .milliseconds(milliseconds))
    }

    private static func glob(_ json: JSON) -> Glob? { json.string.map(Glob.init) }

    private static func response(_ status: Int, _ json: JSON) -> SimulatedResponse {
        let headers = (json["headers"].object?.members ?? []).compactMap { member in
            member.value.scalarText.map { SimulatedRequest.Field(name: member.key, value: $0) }
        }
        let body: SimulatedResponse.Body =
            switch json["body"] {
            case .null: .empty
            case .string(let text): .text(text, contentType: "text/plain; charset=utf-8")
            case let document: .json(document)
            }
        var response = SimulatedResponse(status: status, headers: headers, body: body)
        response.applied = false
        return response
    }
}

struct FaultSyntaxError: Error {
    var message: String
    init(_ message: String) { self.message = message }
}
