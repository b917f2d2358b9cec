/// A refund receipt or credit memo as the books have it.
public struct QuickBooksDocument: Sendable, Equatable {
    public let id: String
    /// What an update must name: the number of changes so far.
    public let syncToken: String
    public let docNumber: String?
    /// With tax, as QuickBooks reckons it; may be a cent off what was sent.
    public let total: DecimalText?
    public let currency: String?
    public let privateNote: String?
}

extension QuickBooksDocument: Decodable {
    private struct Reference: Decodable {
        let value: String?
    }

    private enum CodingKeys: String, CodingKey {
        case id = "Id"
        case syncToken = "SyncToken"
        case docNumber = "DocNumber"
        case total = "TotalAmt"
        case currency = "CurrencyRef"
        case privateNote = "PrivateNote"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(DecimalText.self, forKey: .id).text
        syncToken = try container.text(.syncToken) ?? "0"
        docNumber = try container.nonEmptyText(.docNumber)
        total = try container.decodeIfPresent(DecimalText.self, forKey: .total)
        currency = try container.decodeIfPresent(Reference.self, forKey: .currency)?.value
        privateNote = try container.nonEmptyText(.privateNote)
    }
}

/// How a document came to be.
public enum QuickBooksPosting: Sendable, Equatable {
    case created(QuickBooksDocument)
    case existed(QuickBooksDocument)

    public var document: QuickBooksDocument {
        switch self {
        case .created(let document), .existed(let document): document
        }
    }
}
