import Foundation

/// What the shop sells under a SKU, at its present price.
struct ShopifyVariant: Sendable {
    static let firstID = 49_148_385

    var id: Int
    var sku: String
    var title: String
    var price: Decimal
    /// Units that there are; nil for any number.
    var stock: Int?
    var isArchived = false
    /// Whether the shop counts it.
    var isTracked = true

    static let known: [String: ShopifyVariant] = {
        let sold: [(String, String, String)] = [
            ("MIE-ROBE-S", "Silk robe - S", "74.50"), ("MIE-ROBE-M", "Silk robe - M", "74.50"),
            ("MIE-ROBE-L", "Silk robe - L", "74.50"), ("MIE-SLIP-S", "Silk slip - S", "39.00"),
            ("MIE-SLIP-M", "Silk slip - M", "39.00"), ("MIE-SLIP-L", "Silk slip - L", "39.00"),
            ("MIE-SET-1", "Robe and two slips", "145.00"),
        ]
        let variants = sold.enumerated().map { index, item in
            ShopifyVariant(id: firstID + index, sku: item.0, title: item.1, price: Decimal(exactly: item.2) ?? 0)
        }
        return Dictionary(uniqueKeysWithValues: variants.map { ($0.sku, $0) })
    }()

    func graphQL(_ money: ShopifyMoney) -> JSON {
        [
            "id": .string("gid://shopify/ProductVariant/\(id)"), "sku": .string(sku), "title": .string(title),
            "price": money.json(price), "availableForSale": .bool(stock != 0 && !isArchived),
            "inventoryPolicy": "DENY", "inventoryQuantity": .int(stock ?? 0),
            "inventoryItem": Self.item(id, isTracked: isTracked),
            "product": [
                "id": "gid://shopify/Product/632910392", "title": .string(title),
                "status": .string(isArchived ? "ARCHIVED" : "ACTIVE"), "tracksInventory": .bool(stock != nil),
            ],
        ]
    }

    /// What the shop keeps stock of for a variant; it has the variant's number.
    static func item(_ id: Int, isTracked: Bool) -> JSON {
        ["id": .string("gid://shopify/InventoryItem/\(id)"), "tracked": .bool(isTracked)]
    }
}

extension ShopifySimulator {
    /// `productVariants(first:, query: "sku:A OR sku:B")`.
    func variants(_ arguments: [String: JSON]) -> JSON {
        let wanted = (arguments["query"]?.string ?? "").split(separator: " ").compactMap { word -> String? in
            guard word.hasPrefix("sku:") else { return nil }
            return word.dropFirst("sku:".count).trimmingCharacters(in: CharacterSet(charactersIn: "'\""))
        }
        let found = variants.values.filter { wanted.isEmpty || wanted.contains($0.sku) }.sorted { $0.id < $1.id }
        let first = min(arguments["first"]?.int ?? 10, 250)
        return ["nodes": .array(found.prefix(first).map { $0.graphQL(ShopifyMoney(currency: "USD")) })]
    }

    /// Any SKU exists in the shop: what an order is placed with is sold at that price from then on.
    mutating func learnPrice(of line: ShopifyLine) {
        guard let sku = line.sku, !sku.isEmpty, variants[sku] == nil else { return }
        variants[sku] = ShopifyVariant(id: nextVariantID, sku: sku, title: line.title, price: line.price)
    }

    /// `{"sku","price","title","stock","archived","tracked"}`
    mutating func setUpVariant(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        guard let sku = body["sku"].string, !sku.isEmpty, let price = body["price"].decimal, price >= 0 else {
            throw Refusal(response: .problem(422, "sku and price say what is sold."))
        }
        let id = variants[sku]?.id ?? nextVariantID
        let variant = ShopifyVariant(
            id: id, sku: sku, title: body["title"].string ?? sku, price: price, stock: body["stock"].int,
            isArchived: body["archived"].bool ?? false, isTracked: body["tracked"].bool ?? true)
        variants[sku] = variant
        return .json(variant.graphQL(ShopifyMoney(currency: "USD")), status: 201)
    }

    private var nextVariantID: Int { (variants.values.map(\.id).max() ?? ShopifyVariant.firstID) + 1 }
}
