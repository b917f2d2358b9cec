import Foundation

/// Which names a record's properties may have.
///
/// With the default validation an unknown name is silently left out; with `Error` it is refused.
struct NetSuiteProperties: Sendable {
    let names: Set<String>
    let lineNames: Set<String>

    private static let common: Set<String> = [
        "entity", "externalId", "tranDate", "memo", "customForm", "subsidiary", "department", "class", "location",
        "currency", "exchangeRate", "createdFrom", "item", "tranId", "postingPeriod", "links", "id", "status",
    ]

    static let salesOrder = NetSuiteProperties(
        names: common.union([
            "otherRefNum", "email", "orderStatus", "shipMethod", "shippingCost", "shippingTaxCode", "discountItem",
            "discountRate", "discountTotal", "shippingAddress", "billingAddress", "shipAddressList", "billAddressList",
            "shipDate", "shipComplete", "shipIsResidential", "terms", "salesRep", "leadSource", "partner", "promoCode",
            "isTaxable", "taxItem", "taxRate", "taxTotal", "toBeEmailed", "toBePrinted", "message", "source",
            "startDate", "endDate", "paymentMethod", "paymentOption",
        ]), lineNames: lines)
    static let itemFulfillment = NetSuiteProperties(
        names: common.union([
            "shipStatus", "package", "shipMethod", "shippingCost", "shippingAddress", "shippedDate", "packedDate",
            "pickedDate", "generateIntegratedShipperLabel", "shipIsResidential", "handlingCost",
        ]), lineNames: lines)
    static let cashSale = NetSuiteProperties(
        names: common.union([
            "undepFunds", "paymentOption", "paymentMethod", "account", "email", "otherRefNum", "shippingCost",
            "discountItem", "discountRate", "shippingAddress", "billingAddress", "salesRep",
        ]), lineNames: lines)
    static let other = NetSuiteProperties(
        names: common.union([
            "orderStatus", "dueDate", "email", "otherRefNum", "landedCostMethod", "employee", "account", "shipTo",
            "approvalStatus", "shippingCost", "discountItem", "discountRate", "taxTotal",
        ]), lineNames: lines)
    static let customer = NetSuiteProperties(
        names: [
            "externalId", "entityId", "firstName", "middleName", "lastName", "companyName", "isPerson", "email",
            "phone", "mobilePhone", "altPhone", "subsidiary", "currency", "comments", "category", "addressBook",
            "isInactive", "customForm", "entityStatus", "terms", "taxable", "url", "links", "id",
        ], lineNames: [])

    private static let lines: Set<String> = [
        "item", "line", "quantity", "rate", "amount", "location", "price", "isTaxable", "description", "isClosed",
        "orderLine", "itemReceive", "inventoryDetail", "taxCode", "taxRate1", "department", "class", "units",
        "expectedShipDate", "commitInventory", "createPO", "lineUniqueKey", "itemType", "links", "expectedReceiptDate",
        "isClosedByUser", "giftCertificate", "restock", "binItem",
    ]

    static func of(_ type: NetSuiteRecordType) -> NetSuiteProperties {
        switch type {
        case .salesOrder: salesOrder
        case .itemFulfillment: itemFulfillment
        case .cashSale: cashSale
        case .purchaseOrder, .itemReceipt, .returnAuthorization, .creditMemo, .cashRefund: other
        }
    }

    /// The known properties of a body; refuses the others when the caller asked for that.
    func accepted(_ object: JSONObject, strict: Bool) throws -> JSONObject {
        try select(object, names, custom: "custbody_", alternative: "custentity_", strict: strict, path: "")
    }

    func acceptedLine(_ object: JSONObject, index: Int, strict: Bool) throws -> JSONObject {
        try select(
            object, lineNames, custom: "custcol_", alternative: "custcol_", strict: strict,
            path: "item.items[\(index)].")
    }

    private func select(
        _ object: JSONObject, _ names: Set<String>, custom: String, alternative: String, strict: Bool, path: String
    ) throws -> JSONObject {
        try JSONObject(
            object.members.filter { key, _ in
                // Custom fields exist in lower case only.
                let isCustom = (key.hasPrefix(custom) || key.hasPrefix(alternative)) && key == key.lowercased()
                if isCustom || names.contains(key) { return true }
                guard strict else { return false }
                throw Refusal.netsuite(
                    400, "INVALID_CONTENT", "Error while accessing a resource. Unknown reference or property: \(key)",
                    path: path + key)
            }.map { ($0.key, $0.value) })
    }
}
