import Commerce

/// Not in the pages of the contract the other calls are written from; the fields are those of the shop's reference.
extension ShopifyClient {
    // LIMIT: SKUs in one search; keeps the query far below what the shop takes.
    private static let skusPerQuery = 50

    /// What the shop sells under these SKUs at present, by SKU. A SKU that it does not know is not in the answer.
    public func variants(skus: [String]) async throws(ProviderFailure) -> [String: ShopifyVariant] {
        try await find(skus, "id sku title price")
    }

    /// How much of it there is to sell, by SKU. A SKU that the shop does not know is not in the answer.
    public func offers(skus: [String]) async throws(ProviderFailure) -> [String: ShopifyOffer] {
        try await find(
            skus, "sku availableForSale inventoryPolicy inventoryQuantity product{status tracksInventory}")
    }

    private func find<Goods: ShopifyGoods>(
        _ skus: [String], _ fields: String
    ) async throws(ProviderFailure) -> [String: Goods] {
        var found: [String: Goods] = [:]
        var rest = Array(Set(skus)).sorted()[...]
        while !rest.isEmpty {
            let chunk = rest.prefix(Self.skusPerQuery)
            rest = rest.dropFirst(chunk.count)
            let answer: [Goods] = try await search(Array(chunk), fields)
            // WHY: the search matches loosely and a SKU may hold what it takes for syntax, so what comes is compared.
            for goods in answer where chunk.contains(goods.sku) { found[goods.sku] = found[goods.sku] ?? goods }
        }
        return found
    }

    private func search<Goods: ShopifyGoods>(
        _ skus: [String], _ fields: String
    ) async throws(ProviderFailure) -> [Goods] {
        let query =
            "query($first:Int!,$query:String!){productVariants(first:$first,query:$query){nodes{\(fields)}}}"
        let words = skus.map { "sku:'\($0.filter { $0 != "'" && $0 != "\\" })'" }.joined(separator: " OR ")
        let variables: JSONValue = ["first": 250, "query": .string(words)]
        return try await graphQL(query, variables: variables, .read, cost: 10, as: Answer<Goods>.self).variants.nodes
    }
}

/// What a search for SKUs finds.
protocol ShopifyGoods: Decodable, Sendable {
    var sku: String { get }
}

/// Something the shop sells.
public struct ShopifyVariant: ShopifyGoods, Sendable, Equatable, Decodable {
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

/// How much of something the shop sells.
public struct ShopifyOffer: ShopifyGoods, Sendable, Equatable, Decodable {
    public let sku: String
    /// Whether it is sold no more.
    public let isRetired: Bool
    /// Units that there are to sell; nil where the shop does not say, or sells more than it has.
    public let quantityMax: Int?

    private enum CodingKeys: String, CodingKey {
        case sku, product
        case isForSale = "availableForSale"
        case policy = "inventoryPolicy"
        case quantity = "inventoryQuantity"
    }

    private struct Product: Decodable {
        var status: String?
        var tracksInventory: Bool?
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let product = try container.decodeIfPresent(Product.self, forKey: .product)
        sku = try container.text(.sku) ?? ""
        isRetired = product?.status == "ARCHIVED"
        let quantity = try container.wholeNumber(.quantity) ?? 0
        let isLimited = try product?.tracksInventory == true && container.text(.policy) == "DENY"
        if try container.flag(.isForSale) == false {
            quantityMax = 0
        } else {
            // WHY: what is for sale although there is none of it is not counted.
            quantityMax = isLimited && quantity > 0 ? quantity : nil
        }
    }
}

private struct Answer<Goods: ShopifyGoods>: Decodable {
    struct Nodes: Decodable {
        let nodes: [Goods]
    }

    let variants: Nodes

    private enum CodingKeys: String, CodingKey { case variants = "productVariants" }
}
