import Commerce

/// A ticket as the API gives it (the schema `Ticket`).
struct TicketModel: Decodable, Sendable {
    var id: String
    var subject: String
    var customerEmail: String
    var status: String
    var customFields: [String: JSONValue]
    var flags: [CodedMessage]
    var returnID: String?
    var createdAt: String
    var updatedAt: String

    enum CodingKeys: String, CodingKey {
        case id, subject, status, flags
        case customerEmail = "customer_email"
        case customFields = "custom_fields"
        case returnID = "return_id"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}
