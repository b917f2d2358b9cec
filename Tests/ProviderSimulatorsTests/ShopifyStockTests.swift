import Foundation
import Testing

@testable import ProviderSimulators

@Suite("Shopify's stock")
struct ShopifyStockTests {
    private typealias Bundle = SimulatorBundle<ShopifySimulator>

    private static func change(_ extra: JSONObject = JSONObject()) -> JSON {
        .object(
            JSONObject([
                ("delta", 2), ("inventoryItemId", .string("gid://shopify/InventoryItem/\(ShopifyVariant.firstID)")),
                ("locationId", "gid://shopify/Location/24826419"), ("changeFromQuantity", nil),
            ]).merging(extra))
    }

    private static func input(_ change: JSON) -> JSON {
        [
            "name": "available", "reason": "restock", "referenceDocumentUri": "gid://stateset/Return/1",
            "changes": [change],
        ]
    }

    @Test("an adjustment adds to what is for sale, and the same sending under its key adds nothing for a day")
    func keyed() {
        var shop = Bundle.makeBundle()
        let input = Self.input(Self.change())
        let first = shop.adjust(input, key: "k")
        #expect(first.applied && first.payload["inventoryAdjustmentGroup"]["id"].string != nil)
        let again = shop.adjust(input, key: "k")
        #expect(!again.applied && again.payload == first.payload)
        #expect(shop.levels == [2])
        let other = shop.adjust(Self.input(Self.change(JSONObject([("delta", 3)]))), key: "k")
        #expect(other.payload["userErrors"][0]["code"] == "IDEMPOTENCY_KEY_PARAMETER_MISMATCH")
        #expect(shop.adjust(input, key: "other").applied)
        #expect(shop.levels == [4])
    }

    @Test("without a key each sending adds, and the versions that need one refuse it")
    func unkeyed() {
        var shop = Bundle.makeBundle()
        var change = Self.change().object ?? JSONObject()
        change["changeFromQuantity"] = nil
        for _ in 0..<2 { #expect(shop.adjust(Self.input(.object(change)), version: "2025-10").applied) }
        #expect(shop.levels == [4])
        let refused = shop.adjust(Self.input(Self.change()))
        #expect(!refused.applied && refused.document["errors"][0]["extensions"]["code"] == "BAD_REQUEST")
        let early = shop.adjust(Self.input(Self.change()), version: "2025-10")
        #expect(early.document["errors"][0]["extensions"]["code"] == "INVALID_VARIABLE")
        let silent = shop.adjust(Self.input(.object(change)), key: "k")
        #expect(silent.document["errors"][0]["extensions"]["code"] == "INVALID_VARIABLE")
    }

    static let odd: [(JSONObject, String)] = [
        (JSONObject([("locationId", "gid://shopify/Location/1")]), "INVALID_LOCATION"),
        (JSONObject([("inventoryItemId", "gid://shopify/InventoryItem/1")]), "INVALID_INVENTORY_ITEM"),
        (JSONObject([("changeFromQuantity", 5)]), "CHANGE_FROM_QUANTITY_STALE"),
    ]

    @Test("what the shop does not know or finds otherwise is refused, and adds nothing", arguments: odd)
    func refused(extra: JSONObject, code: String) {
        var shop = Bundle.makeBundle()
        let answer = shop.adjust(Self.input(Self.change(extra)), key: "k")
        #expect(answer.payload["userErrors"][0]["code"] == .string(code))
        #expect(!answer.applied && shop.levels.isEmpty)
    }

    @Test("the lines of an order lead to what is in stock")
    func lines() {
        var shop = Bundle.makeBundle()
        let order = shop.placeUsualOrder()
        _ = shop.control("POST", "/variants", ["sku": "MIE-ROBE-S", "price": "74.50", "tracked": false])
        let query =
            "query($id:ID!){order(id:$id){lineItems(first:9)"
            + "{pageInfo{hasNextPage} nodes{id variant{inventoryItem{id tracked}}}}} "
            + "location(id:\"gid://shopify/Location/24826418\"){name isActive}}"
        let answer = shop.send(
            "POST", "/admin/api/2025-10/graphql.json",
            [
                "query": .string(query),
                "variables": ["id": .string("gid://shopify/Order/\(order["id"].int ?? 0)")],
            ]
        ).document["data"]
        let line = order["line_items"][0]
        let node = answer["order"]["lineItems"]["nodes"][0]
        #expect(node["id"] == .string("gid://shopify/LineItem/\(line["id"].int ?? 0)"))
        let item = node["variant"]["inventoryItem"]
        #expect(item["id"] == .string("gid://shopify/InventoryItem/\(line["variant_id"].int ?? 0)"))
        #expect(item["tracked"] == false && answer["location"]["name"] == "DCL Fremont")
    }
}

extension SimulatorBundle where State == ShopifySimulator {
    fileprivate mutating func adjust(
        _ input: JSON, key: String? = nil, version: String = "2026-04"
    ) -> SimulatedResponse {
        let directive = key.map { " @idempotent(key:\"\($0)\")" } ?? ""
        let query =
            "mutation($input:InventoryAdjustQuantitiesInput!){inventoryAdjustQuantities(input:$input)\(directive)"
            + "{inventoryAdjustmentGroup{id changes{delta}} userErrors{code field message}}}"
        return send(
            "POST", "/admin/api/\(version)/graphql.json",
            ["query": .string(query), "variables": ["input": input]])
    }

    /// What is for sale at each place, as the state shows it.
    fileprivate var levels: [Int?] { (state.snapshot()["inventoryLevels"].array ?? []).map { $0["available"].int } }
}

extension SimulatedResponse {
    fileprivate var payload: JSON { document["data"]["inventoryAdjustQuantities"] }
}
