/// Tags of an order or a customer: one text with commas between them, or a list.
public struct ShopifyTags: Sendable, Decodable, Equatable {
    public let all: [String]

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let list = try? container.decode([String].self) {
            all = list
        } else {
            all = Self.split(try container.decode(String.self))
        }
    }

    /// `"VIP, SENT_TO_NS"` is two tags.
    static func split(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.drop(while: \.isWhitespace) }.filter { !$0.isEmpty }.map { tag in
            String(tag.reversed().drop(while: \.isWhitespace).reversed())
        }
    }
}
