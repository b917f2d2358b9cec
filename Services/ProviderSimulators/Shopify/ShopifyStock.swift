import Foundation

/// Where units of something lie.
struct ShopifyStockPlace: Sendable, Hashable {
    var item: Int
    var location: Int
}

/// One `inventoryAdjustQuantities`.
struct ShopifyStockAdjustment: Sendable {
    struct Change: Sendable {
        var place: ShopifyStockPlace
        var delta: Int
        var after: Int
    }

    var id: Int
    var reason: String
    var document: JSON
    var at: Date
    var changes: [Change]

    /// As the simulator's own state shows it.
    func json() -> JSON {
        [
            "id": .int(id), "reason": .string(reason), "reference_document_uri": document,
            "changes": .array(
                changes.map { change -> JSON in
                    [
                        "inventory_item_id": .int(change.place.item), "location_id": .int(change.place.location),
                        "delta": .int(change.delta),
                    ]
                }),
        ]
    }
}

/// `inventoryAdjustQuantities` of what is for sale, and `location(id:)`. Nothing lists adjustments, as at the provider.
extension ShopifySimulator {
    /// By id; the first is the one that orders are shipped from.
    static let locations = [ShopifyFulfillmentOrder.locationID: "DCL Fremont", 24_826_419: "Mienne Returns"]

    private static let reasons: Set<String> = [
        "correction", "cycle_count_available", "damaged", "movement_created", "movement_updated", "movement_received",
        "movement_canceled", "other", "promotion", "quality_control", "received", "reservation_created",
        "reservation_deleted", "reservation_updated", "restock", "safety_stock", "shrinkage",
    ]

    mutating func adjustStock(_ call: GraphQLCall) throws(GraphQLFailure) -> GraphQLPayload {
        try call.checkIdempotency()
        let input = call.arguments["input"] ?? .null
        if let problem = ShopifyStockInput.problem(input, call) {
            throw GraphQLFailure(
                message: "Variable $input of type InventoryAdjustQuantitiesInput! was provided invalid value for "
                    + problem, code: "INVALID_VARIABLE")
        }
        if let first = firstAnswer(to: call) {
            guard first.input == input else {
                return Self.unadjusted(
                    "IDEMPOTENCY_KEY_PARAMETER_MISMATCH", ["input"], GraphQLCall.otherParameters)
            }
            return GraphQLPayload(json: first.payload, isReplay: true)
        }
        if let refusal = refusal(of: input) { return refusal }
        let payload = adjusted(input, now: call.now)
        keep(payload, of: call, input)
        return GraphQLPayload(json: payload)
    }

    /// Null for an id that no location has.
    static func locationNode(_ arguments: [String: JSON]) -> JSON {
        let id = ShopifyRefundInput.number(arguments["id"] ?? .null, "Location")
        guard let id, let name = locations[id] else { return .null }
        return ["id": .string("gid://shopify/Location/\(id)"), "name": .string(name), "isActive": true]
    }

    /// What is for sale, where any was ever added or taken.
    var stockLevels: [JSON] {
        let places = stock.keys.sorted { ($0.item, $0.location) < ($1.item, $1.location) }
        return places.map { place -> JSON in
            [
                "inventory_item_id": .int(place.item), "location_id": .int(place.location),
                "available": .int(stock[place] ?? 0),
            ]
        }
    }

    /// The whole is refused for one of its changes; nil where the shop takes it.
    private func refusal(of input: JSON) -> GraphQLPayload? {
        guard input["name"].string == "available" else {
            return Self.unadjusted("INVALID_QUANTITY_NAME", ["input", "name"], "The quantity name is not known here.")
        }
        guard Self.reasons.contains(input["reason"].string ?? "") else {
            return Self.unadjusted("INVALID_REASON", ["input", "reason"], "The specified reason is invalid.")
        }
        let document = input["referenceDocumentUri"]
        guard document.isNull || document.string?.contains("://") == true else {
            return Self.unadjusted(
                "INVALID_REFERENCE_DOCUMENT", ["input", "referenceDocumentUri"],
                "The specified reference document is invalid.")
        }
        for (index, change) in (input["changes"].array ?? []).enumerated() {
            let field = ["input", "changes", "\(index)"]
            guard let item = soldItem(change) else {
                return Self.unadjusted(
                    "INVALID_INVENTORY_ITEM", field + ["inventoryItemId"],
                    "The specified inventory item could not be found.")
            }
            guard let location = Self.location(change) else {
                return Self.unadjusted(
                    "INVALID_LOCATION", field + ["locationId"], "The specified location could not be found.")
            }
            let present = stock[ShopifyStockPlace(item: item, location: location)] ?? 0
            if let expected = change["changeFromQuantity"].int, expected != present {
                return Self.unadjusted(
                    "CHANGE_FROM_QUANTITY_STALE", field + ["changeFromQuantity"],
                    "The changeFromQuantity argument no longer matches the persisted quantity.")
            }
        }
        return nil
    }

    private mutating func adjusted(_ input: JSON, now: Date) -> JSON {
        var changes: [ShopifyStockAdjustment.Change] = []
        for change in input["changes"].array ?? [] {
            guard let item = soldItem(change), let location = Self.location(change), let delta = change["delta"].int
            else { continue }
            let place = ShopifyStockPlace(item: item, location: location)
            stock[place, default: 0] += delta
            changes.append(.init(place: place, delta: delta, after: stock[place] ?? 0))
        }
        let adjustment = ShopifyStockAdjustment(
            id: ids.stockAdjustment.take(), reason: input["reason"].string ?? "",
            document: input["referenceDocumentUri"], at: now, changes: changes)
        stockAdjustments.append(adjustment)
        return ["inventoryAdjustmentGroup": adjustment.graphQL(), "userErrors": []]
    }

    /// Nil for what the shop has never sold.
    private func soldItem(_ change: JSON) -> Int? {
        guard let id = ShopifyRefundInput.number(change["inventoryItemId"], "InventoryItem") else { return nil }
        let isSold =
            variants.values.contains { $0.id == id }
            || orders.values.contains { $0.lines.contains { $0.variantID == id } }
        return isSold ? id : nil
    }

    private static func location(_ change: JSON) -> Int? {
        ShopifyRefundInput.number(change["locationId"], "Location").flatMap { locations[$0] == nil ? nil : $0 }
    }

    private static func unadjusted(_ code: String, _ field: [String], _ message: String) -> GraphQLPayload {
        GraphQLPayload(json: [
            "inventoryAdjustmentGroup": nil,
            "userErrors": [
                ["code": .string(code), "field": .array(field.map(JSON.string)), "message": .string(message)]
            ],
        ])
    }
}

/// `InventoryAdjustQuantitiesInput`, as far as the types of a version refuse it.
private enum ShopifyStockInput {
    private static let required = ["name", "reason", "changes"]
    private static let requiredOfChange = ["delta", "inventoryItemId", "locationId"]

    /// Nil when the version takes the value.
    static func problem(_ input: JSON, _ call: GraphQLCall) -> String? {
        guard let members = input.object else { return "input (Expected value to not be null)" }
        let known = required + ["referenceDocumentUri"]
        if let problem = problem(members, known: known, required: required) { return problem }
        guard let changes = input["changes"].array else { return "changes (Expected value to be a list)" }
        for change in changes {
            guard let members = change.object else { return "changes (Expected value to not be null)" }
            let compared = call.isAtLeast("2026-01") ? ["changeFromQuantity"] : []
            let known = requiredOfChange + ["ledgerDocumentUri"] + compared
            if let problem = problem(members, known: known, required: requiredOfChange) { return problem }
            guard change["delta"].int != nil else { return "delta (Could not coerce value to Int)" }
            // Not a matter of its types: the provider refuses it when it runs.
            if call.isAtLeast("2026-04"), members["changeFromQuantity"] == nil {
                return "changeFromQuantity (Expected to be given, also as null)"
            }
        }
        return nil
    }

    private static func problem(_ members: JSONObject, known: [String], required: [String]) -> String? {
        if let odd = members.keys.first(where: { !known.contains($0) }) {
            return "\(odd) (Field is not defined on the input)"
        }
        return required.first { members[$0]?.isNull ?? true }.map { "\($0) (Expected value to not be null)" }
    }
}

extension ShopifyStockAdjustment {
    fileprivate func graphQL() -> JSON {
        [
            "id": .string("gid://shopify/InventoryAdjustmentGroup/\(id)"), "createdAt": .string(Timestamps.utc(at)),
            "reason": .string(reason), "referenceDocumentUri": document,
            "changes": .array(
                changes.map { change -> JSON in
                    [
                        "name": "available", "delta": .int(change.delta), "quantityAfterChange": .int(change.after),
                        "item": ShopifyVariant.item(change.place.item, isTracked: true),
                        "location": ShopifySimulator.locationNode([
                            "id": .string("gid://shopify/Location/\(change.place.location)")
                        ]),
                    ]
                }),
        ]
    }
}
