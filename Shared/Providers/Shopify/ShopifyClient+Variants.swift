import Commerce

extension ShopifyClient {
    // LIMIT: SKUs in one search; keeps the query far below what the shop takes.
    private static let skusPerQuery = 50

    /// What the shop sells under these SKUs at present, by SKU. A SKU that it does not know is not in the answer.
    ///
    /// Not in the pages of the contract the other calls are written from; the fields are those of the shop's reference.
    public func variants(skus: [String]) async throws(ProviderFailure) -> [String: ShopifyVariant] {
        var found: [String: ShopifyVariant] = [:]
        var rest = Array(Set(skus)).sorted()[...]
        while !rest.isEmpty {
            let chunk = rest.prefix(Self.skusPerQuery)
            rest = rest.dropFirst(chunk.count)
            // WHY: the search matches loosely and a SKU may hold what it takes for syntax, so what comes is compared.
            for variant in try await search(Array(chunk)) where chunk.contains(variant.sku) {
                found[variant.sku] = found[variant.sku] ?? variant
            }
        }
        return found
    }

    private func search(_ skus: [String]) async throws(ProviderFailure) -> [ShopifyVariant] {
        let query =
            "query($first:Int!,$query:String!){productVariants(first:$first,query:$query){nodes{id sku title price}}}"
        let words = skus.map { "sku:'\($0.filter { $0 != "'" && $0 != "\\" })'" }.joined(separator: " OR ")
        let variables: JSONValue = ["first": 250, "query": .string(words)]
        return try await graphQL(query, variables: variables, .read, cost: 10, as: Answer.self).variants.nodes
    }
}

/// Something the shop sells.
public struct ShopifyVariant: Sendable, Equatable, Decodable {
    public let id: ShopifyID
    public let sku: String
    public let title: String?
    /// In the shop's currency.
    public let price: DecimalText

    private enum CodingKeys: CodingKey { case id, sku, title, price }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = ShopifyID(gid: try container.decode(String.self, forKey: .id))
        sku = try container.text(.sku) ?? ""
        title = try container.nonEmptyText(.title)
        price = try container.decode(DecimalText.self, forKey: .price)
    }
}

private struct Answer: Decodable {
    struct Nodes: Decodable {
        let nodes: [ShopifyVariant]
    }

    let variants: Nodes

    private enum CodingKeys: String, CodingKey { case variants = "productVariants" }
}
