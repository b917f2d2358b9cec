import Commerce

extension ShopifyClient {
    /// Sets note attributes of an order and keeps the others: reads them, merges, writes only when something changes.
    ///
    /// *Not guaranteed*: the shop has no compare-and-set here; an attribute that somebody else writes between the read
    /// and the write is lost. Idempotent: may be sent again after a lost answer.
    public func mergeNoteAttributes(
        _ attributes: [ShopifyNoteAttribute], into order: ShopifyID
    ) async throws(ProviderFailure) {
        let present = try await noteAttributes(of: order)
        let merged = ShopifyNoteAttribute.merge(attributes, into: present)
        guard merged != present else { return }
        let change = ["order": OrderChange(id: order, noteAttributes: merged)]
        let body = try ProviderJSON.encode(change)
        _ = try await send(rest("PUT", "orders/\(order.pathSegment).json", body: body), .write)
    }

    private func noteAttributes(of order: ShopifyID) async throws(ProviderFailure) -> [ShopifyNoteAttribute] {
        let query = [("fields", "id,note_attributes")]
        let request = rest("GET", "orders/\(order.pathSegment).json", query: query)
        return try await send(request, .read, as: NotesAnswer.self).order.noteAttributes ?? []
    }
}

/// A name and value that a shop keeps with an order.
public struct ShopifyNoteAttribute: Codable, Sendable, Equatable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    private enum CodingKeys: CodingKey { case name, value }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.text(.name) ?? ""
        value = try container.text(.value) ?? ""
    }

    /// The present ones in their order with new values, then those that are new.
    static func merge(
        _ new: [ShopifyNoteAttribute], into present: [ShopifyNoteAttribute]
    ) -> [ShopifyNoteAttribute] {
        let kept = present.map { old in new.last { $0.name == old.name } ?? old }
        return kept + new.filter { added in !present.contains { $0.name == added.name } }
    }
}

private struct OrderChange: Encodable {
    let id: ShopifyID
    let noteAttributes: [ShopifyNoteAttribute]

    private enum CodingKeys: String, CodingKey {
        case id
        case noteAttributes = "note_attributes"
    }
}

private struct NotesAnswer: Decodable {
    struct Order: Decodable {
        let noteAttributes: [ShopifyNoteAttribute]?

        private enum CodingKeys: String, CodingKey { case noteAttributes = "note_attributes" }
    }

    let order: Order
}
