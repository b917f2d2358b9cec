/// Units of a return that a person did not accept when they approved the rest: they have left it.
public struct DeclinedLine: Codable, Sendable, Equatable {
    public var lineID: String
    public var sku: String
    public var title: String
    public var quantity: Int
    /// For which they were to come back.
    public var reason: String?
    /// What the customer is told of them; nil for nothing.
    public var message: String?

    public init(lineID: String, sku: String, title: String, quantity: Int, reason: String?, message: String?) {
        self.lineID = lineID
        self.sku = sku
        self.title = title
        self.quantity = quantity
        self.reason = reason
        self.message = message
    }

    /// As the customer knows them.
    public var name: String { title.isEmpty ? sku : title }

    enum CodingKeys: String, CodingKey {
        case sku, title, quantity, reason, message
        case lineID = "line_id"
    }
}

extension [DeclinedLine] {
    /// What the customer is told of them; the same of several once.
    public var messages: [String] {
        var messages: [String] = []
        for message in compactMap(\.message) where !messages.contains(message) { messages.append(message) }
        return messages
    }
}
