import Foundation

/// The id of anything in a shop: a number of 64 bits in REST, kept as text because nothing is computed with it.
public struct ShopifyID: Hashable, Sendable {
    public let text: String

    public init(_ text: String) {
        self.text = text
    }

    /// The id as GraphQL writes it, e.g. `gid://shopify/Order/450789469`.
    func gid(_ kind: String) -> String { "gid://shopify/\(kind)/\(text)" }

    /// The id inside `gid://shopify/Order/450789469`.
    init(gid: String) {
        text = gid.split(separator: "/").last.map(String.init) ?? gid
    }

    /// For a path.
    var pathSegment: String { PercentEncoding.encode(text) }
}

extension ShopifyID: Codable {
    public init(from decoder: any Decoder) throws {
        text = try DecimalText(from: decoder).text
    }

    /// A JSON number, as REST asks for.
    public func encode(to encoder: any Encoder) throws {
        try DecimalText(text).encode(to: encoder)
    }
}

extension ShopifyID: ExpressibleByStringLiteral, CustomStringConvertible {
    public init(stringLiteral value: String) { self.init(value) }
    public var description: String { text }
}
