/// A refund as the API gives it.
struct RefundModel: Decodable, Sendable {
    var id: String
    var orderID: String
    var returnID: String?
    var status: String
    var amount: String
    var currency: String
    var resolution: String
    var reason: String?
    var provider: String?
    var externalID: String?
    var error: CodedMessage?
    var effect: EffectModel?
    var createdAt: String
    var updatedAt: String

    /// Whether its money has neither gone back nor been refused.
    var isOpen: Bool { status != "succeeded" && status != "failed" }

    enum CodingKeys: String, CodingKey {
        case id, status, amount, currency, resolution, reason, provider, error, effect
        case orderID = "order_id"
        case returnID = "return_id"
        case externalID = "external_id"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

/// How a call at a provider stands.
struct EffectModel: Decodable, Sendable {
    var provider: String
    var operation: String
    var state: String
    var calls: Int
    var error: CodedMessage?
    var duplicates: [String]

    /// Whether something has come about there, in words: what `planned` and `unknown` mean to a person.
    var standing: String {
        switch state {
        case "planned": calls == 0 && error == nil ? "not sent yet" : "certainly not applied; it is tried again"
        case "calling": "under way"
        case "unknown": "may have been applied; it is looked for before it is tried again"
        case "refused": "refused: not applied"
        case "done": duplicates.isEmpty ? "applied" : "applied more than once: \(duplicates.joined(separator: ", "))"
        default: state
        }
    }

    /// What a person has to know before doing it by hand or giving it up; nil while nothing was tried, and where the
    /// provider's no is all there is to say.
    var doubt: String? {
        guard duplicates.isEmpty else { return standing }
        return switch state {
        case "planned": calls == 0 && error == nil ? nil : "certainly not applied"
        case "unknown": "may have been applied"
        default: nil
        }
    }

    /// With the last try's words.
    var told: String {
        let error = error.map { " (\($0.code): \($0.message))" } ?? ""
        return "\(provider) \(standing)\(error)"
    }

    var tone: Tone {
        switch state {
        case "unknown", "refused": .bad
        case "done": duplicates.isEmpty ? .good : .bad
        default: .waiting
        }
    }
}
