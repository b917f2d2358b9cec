/// How NetSuite points at another record, or states an enumeration: by id, with a name for people.
public struct NetSuiteReference: Codable, Sendable, Equatable {
    public var id: String
    public var refName: String?

    public init(id: String, refName: String? = nil) {
        self.id = id
        self.refName = refName
    }

    private enum CodingKeys: CodingKey { case id, refName }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(DecimalText.self, forKey: .id).text
        refName = try container.text(.refName)
    }
}

/// A sublist: `{"items": […]}`.
struct NetSuiteSublist<Item> {
    var items: [Item]

    private enum CodingKeys: CodingKey { case items }
}

extension NetSuiteSublist: Sendable where Item: Sendable {}

extension NetSuiteSublist: Equatable where Item: Equatable {}

extension NetSuiteSublist: Encodable where Item: Encodable {}

extension NetSuiteSublist: Decodable where Item: Decodable {
    init(from decoder: any Decoder) throws {
        items = try decoder.container(keyedBy: CodingKeys.self).list(.items)
    }
}
