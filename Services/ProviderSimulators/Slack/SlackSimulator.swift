import Foundation

/// Slack's incoming webhooks: one message a second for each, blocks checked, a word of plain text as the answer.
struct SlackSimulator: SimulatedProvider {
    static let name = "slack"

    private var messages: [JSON] = []
    private var buckets: [String: LeakyBucket] = [:]
    private var isArchived = false

    // LIMIT: Slack's own.
    private static let blocksMax = 50
    private static let sectionMax = 3000
    private static let headerMax = 150
    private static let fieldsMax = 10
    private static let types: Set = ["header", "section", "context", "divider", "actions"]
    /// Messages kept, oldest first out.
    private static let messagesMax = 5_000

    init() {}

    mutating func respond(to request: SimulatedRequest) -> SimulatedResponse {
        let segments = request.path.split(separator: "/")
        guard segments.count == 4, segments[0] == "services" else { return Self.word(404, "no_service") }
        guard request.method == "POST" else { return Self.word(405, "method_not_allowed") }
        guard !isArchived else { return Self.word(410, "channel_is_archived") }
        var bucket = buckets[request.path] ?? LeakyBucket(size: 4, leakPerSecond: 1)
        let isAdmitted = bucket.admit(now: request.now)
        buckets[request.path] = bucket
        guard isAdmitted else { return Self.word(429, "rate_limited").adding("Retry-After", "1") }
        guard request.json.object != nil else { return Self.word(400, "invalid_payload") }
        guard request.json["text"].string?.isEmpty == false else { return Self.word(400, "no_text") }
        guard Self.areValid(request.json["blocks"]) else { return Self.word(400, "invalid_blocks") }
        messages.append([
            "at": .string(Timestamps.utc(request.now)), "path": .string(request.path), "body": request.json,
        ])
        if messages.count > Self.messagesMax { messages.removeFirst(Self.messagesMax / 10) }
        return Self.word(200, "ok")
    }

    mutating func control(_ request: SimulatedRequest) -> SimulatedResponse? {
        switch (request.method, request.path) {
        case ("POST", "/archive"): isArchived = true
        case ("DELETE", "/archive"): isArchived = false
        default: return nil
        }
        return .json(["archived": .bool(isArchived)])
    }

    func snapshot() -> JSON { ["messages": .array(messages)] }

    mutating func reset() {
        messages = []
        buckets = [:]
        isArchived = false
    }

    mutating func takeEffects() -> [ProviderEffect<Never>] { [] }

    private static func word(_ status: Int, _ text: String) -> SimulatedResponse {
        SimulatedResponse(status: status, body: .text(text, contentType: "text/plain"))
    }

    private static func areValid(_ blocks: JSON) -> Bool {
        guard !blocks.isNull else { return true }
        guard let blocks = blocks.array, blocks.count <= blocksMax else { return false }
        return blocks.allSatisfy { block in
            guard let type = block["type"].string, types.contains(type) else { return false }
            let text = block["text"]["text"].string
            switch type {
            case "header":
                return block["text"]["type"].string == "plain_text" && (1...headerMax).contains(text?.count ?? 0)
            case "section":
                let fields = block["fields"].array ?? []
                return (text != nil || !fields.isEmpty) && (text?.count ?? 1) <= sectionMax && text != ""
                    && fields.count <= fieldsMax
                    && fields.allSatisfy { (1...2000).contains($0["text"].string?.count ?? 0) }
            default: return true
            }
        }
    }
}
