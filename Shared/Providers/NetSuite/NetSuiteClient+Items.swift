import Commerce

extension NetSuiteClient {
    // LIMIT: SKUs in one statement; keeps it far below NetSuite's limit of 1,000 values in a list.
    private static let skusPerQuery = 200

    /// The active items with these SKUs, by SKU. A SKU that NetSuite does not know is not in the answer.
    public func items(skus: [String]) async throws(ProviderFailure) -> [String: NetSuiteItem] {
        var found: [String: NetSuiteItem] = [:]
        var rest = Array(Set(skus)).sorted()[...]
        while !rest.isEmpty {
            let chunk = Array(rest.prefix(Self.skusPerQuery))
            rest = rest.dropFirst(chunk.count)
            for row in try await itemRows(chunk) {
                guard let item = NetSuiteItem(row), found[item.sku] == nil else { continue }
                found[item.sku] = item
            }
        }
        return found
    }

    private func itemRows(_ skus: [String]) async throws(ProviderFailure) -> [SuiteQLRow] {
        let list = SuiteQLLiteral.list(skus)
        return try await suiteQLRows { after in
            """
            SELECT i.id, i.itemid AS sku, i.itemtype FROM item i \
            WHERE i.itemid IN (\(list)) AND i.isinactive = 'F' AND i.id > \(after) ORDER BY i.id ASC
            """
        }
    }
}

/// An item that can stand on an order.
public struct NetSuiteItem: Sendable, Equatable {
    public let id: String
    public let sku: String
    /// `InvtPart`, `Kit`, `Assembly`, …
    public let type: String?

    init?(_ row: SuiteQLRow) {
        guard let id = row["id"], let sku = row["sku"] else { return nil }
        self.id = id
        self.sku = sku
        type = row["itemtype"]
    }
}
