import Commerce
import Foundation

/// `inventoryAdjustQuantities` of what is for sale, with our reference as its idempotency key where the version takes one.
struct ShopifyRestockMutation {
    let query: String
    let variables: JSONValue

    init(_ restocking: ShopifyRestocking, isIdempotent: Bool) {
        let key = isIdempotent ? (",$key:String!", " @idempotent(key:$key)") : ("", "")
        query =
            "mutation($input:InventoryAdjustQuantitiesInput!\(key.0)){inventoryAdjustQuantities(input:$input)\(key.1)"
            + "{inventoryAdjustmentGroup{id} userErrors{code field message}}}"
        var variables: [String: JSONValue] = ["input": Self.input(restocking, isIdempotent)]
        if isIdempotent { variables["key"] = .string(restocking.reference) }
        self.variables = .object(variables)
    }

    private static func input(_ restocking: ShopifyRestocking, _ isIdempotent: Bool) -> JSONValue {
        // In order, so that the same sending is the same to the shop.
        let units = restocking.units.sorted { $0.key.text < $1.key.text }
        let reason = units.allSatisfy { $0.value > 0 } ? "restock" : "correction"
        return [
            "name": "available", "reason": .string(reason), "referenceDocumentUri": .string(restocking.document),
            "changes": .array(units.map { change($0.value, of: $0.key, at: restocking.location, isIdempotent) }),
        ]
    }

    private static func change(
        _ quantity: Int, of item: ShopifyID, at location: ShopifyID, _ isIdempotent: Bool
    ) -> JSONValue {
        var change: [String: JSONValue] = [
            "delta": .number(Decimal(quantity)), "inventoryItemId": .string(item.gid("InventoryItem")),
            "locationId": .string(location.gid("Location")),
        ]
        // WHY: the versions with a key ask what was there before, too. However much it was, the units come on top of it.
        if isIdempotent { change["changeFromQuantity"] = .null }
        return .object(change)
    }

    /// What the shop's refusal means. One of another sending under the key leaves open whether that one acts.
    static func failure(_ error: ShopifyUserError) -> ProviderFailure {
        let code = error.code?.lowercased() ?? "user_error"
        switch error.code {
        case "IDEMPOTENCY_CONCURRENT_REQUEST", "SERVICE_UNAVAILABLE":
            return .unknownOutcome(code: code, message: error.message)
        case "ADJUST_QUANTITIES_FAILED":
            return .transient(code: code, message: error.message, retryAfter: nil)
        default:
            return .refused(code: code, message: error.message)
        }
    }
}

extension ShopifyRestockMutation {
    struct Answer: Decodable {
        let inventoryAdjustQuantities: Payload?
    }

    struct Payload: Decodable {
        struct Group: Decodable {
            let id: String
        }

        let inventoryAdjustmentGroup: Group?
        let userErrors: [ShopifyUserError]
    }
}
