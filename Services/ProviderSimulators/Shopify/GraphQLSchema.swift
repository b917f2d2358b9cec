/// The types of the Admin API that callers here reach, as far as they select from them.
///
/// A field nobody declared is refused before anything is done, as the provider's own validation does.
enum GraphQLSchema {
    /// The type of each field; nil for a scalar.
    private static let types: [String: [String: String?]] = [
        "Mutation": [
            "tagsAdd": "TagsAddPayload", "tagsRemove": "TagsRemovePayload", "refundCreate": "RefundCreatePayload",
            "storeCreditAccountCredit": "StoreCreditAccountCreditPayload",
            "draftOrderUpdate": "DraftOrderUpdatePayload",
            "inventoryAdjustQuantities": "InventoryAdjustQuantitiesPayload",
        ],
        "QueryRoot": [
            "productVariants": "ProductVariantConnection", "order": "Order", "customer": "Customer",
            "draftOrder": "DraftOrder", "location": "Location",
        ],
        "DraftOrderUpdatePayload": ["draftOrder": "DraftOrder", "userErrors": "UserError"],
        "DraftOrder": ["id": nil, "name": nil, "status": nil, "reserveInventoryUntil": nil],
        "StoreCreditAccountCreditPayload": [
            "storeCreditAccountTransaction": "StoreCreditAccountCreditTransaction",
            "userErrors": "StoreCreditAccountCreditUserError",
        ],
        "StoreCreditAccountCreditTransaction": [
            "id": nil, "amount": "MoneyV2", "balanceAfterTransaction": "MoneyV2", "createdAt": nil, "event": nil,
        ],
        "StoreCreditAccountCreditUserError": ["code": nil, "field": nil, "message": nil],
        "Customer": ["id": nil, "storeCreditAccounts": "StoreCreditAccountConnection"],
        "StoreCreditAccountConnection": ["nodes": "StoreCreditAccount"],
        "StoreCreditAccount": [
            "id": nil, "balance": "MoneyV2", "transactions": "StoreCreditAccountTransactionConnection",
        ],
        "StoreCreditAccountTransactionConnection": ["nodes": "StoreCreditAccountTransaction"],
        "StoreCreditAccountTransaction": [
            "amount": "MoneyV2", "balanceAfterTransaction": "MoneyV2", "createdAt": nil, "event": nil,
        ],
        "TagsAddPayload": ["node": "Node", "userErrors": "UserError"],
        "TagsRemovePayload": ["node": "Node", "userErrors": "UserError"],
        "RefundCreatePayload": ["refund": "Refund", "order": "Order", "userErrors": "UserError"],
        "Node": ["id": nil],
        "Order": ["id": nil, "name": nil, "transactions": "OrderTransaction", "lineItems": "LineItemConnection"],
        "LineItemConnection": ["nodes": "LineItem", "pageInfo": "PageInfo"],
        "PageInfo": ["hasNextPage": nil, "endCursor": nil],
        "LineItem": ["id": nil, "sku": nil, "quantity": nil, "variant": "ProductVariant"],
        "InventoryItem": ["id": nil, "tracked": nil],
        "Location": ["id": nil, "name": nil, "isActive": nil],
        "InventoryAdjustQuantitiesPayload": [
            "inventoryAdjustmentGroup": "InventoryAdjustmentGroup", "userErrors": "InventoryAdjustQuantitiesUserError",
        ],
        "InventoryAdjustmentGroup": [
            "id": nil, "createdAt": nil, "reason": nil, "referenceDocumentUri": nil, "changes": "InventoryChange",
        ],
        "InventoryChange": [
            "name": nil, "delta": nil, "quantityAfterChange": nil, "item": "InventoryItem", "location": "Location",
        ],
        "InventoryAdjustQuantitiesUserError": ["code": nil, "field": nil, "message": nil],
        "UserError": ["field": nil, "message": nil],
        "Refund": [
            "id": nil, "note": nil, "createdAt": nil, "totalRefundedSet": "MoneyBag",
            "transactions": "OrderTransactionConnection",
        ],
        "OrderTransactionConnection": ["nodes": "OrderTransaction"],
        "OrderTransaction": [
            "id": nil, "kind": nil, "status": nil, "gateway": nil, "authorizationCode": nil, "amountSet": "MoneyBag",
            "parentTransaction": "OrderTransaction",
        ],
        "MoneyBag": ["shopMoney": "MoneyV2", "presentmentMoney": "MoneyV2"],
        "MoneyV2": ["amount": nil, "currencyCode": nil],
        "ProductVariantConnection": ["nodes": "ProductVariant"],
        "ProductVariant": [
            "id": nil, "sku": nil, "title": nil, "price": nil, "product": "Product", "availableForSale": nil,
            "inventoryPolicy": nil, "inventoryQuantity": nil, "inventoryItem": "InventoryItem",
        ],
        "Product": ["id": nil, "title": nil, "status": nil, "tracksInventory": nil],
    ]

    /// What is wrong with the fields that an operation selects; nil when nothing is.
    static func problem(_ document: GraphQLDocument) -> String? {
        problem(document.fields, of: document.kind == .mutation ? "Mutation" : "QueryRoot")
    }

    private static func problem(_ fields: [GraphQLDocument.Field], of type: String) -> String? {
        for field in fields {
            guard let known = types[type]?[field.name] else {
                return "Field '\(field.name)' doesn't exist on type '\(type)'"
            }
            switch (known, field.selection.isEmpty) {
            case (nil, true): continue
            case (nil, false): return "Selections can't be made on scalars (field '\(field.name)')"
            case (let inner?, true):
                return "Field must have selections (field '\(field.name)' returns \(inner) but has no selections)"
            case (let inner?, false):
                if let problem = problem(field.selection, of: inner) { return problem }
            }
        }
        return nil
    }
}
