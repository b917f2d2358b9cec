import Commerce

/// The body of the transformation of a sales order into a return authorization.
struct NetSuiteReturnRequest: Encodable {
    private struct Line: Encodable {
        let orderLine: Int
        let quantity: Int
    }

    private let externalId: String
    private let tranDate: String?
    private let memo: String?
    /// Approved: pending receipt.
    private let orderStatus = NetSuiteReference(id: "B")
    private let item: NetSuiteSublist<Line>

    private enum CodingKeys: CodingKey { case externalId, tranDate, memo, orderStatus, item }

    /// Failure: `refused("empty_return")` when no unit is to come back.
    init(_ draft: NetSuiteReturnDraft) throws(ProviderFailure) {
        let wanted = draft.quantities.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        guard !wanted.isEmpty else {
            throw .refused(code: "empty_return", message: "The return holds no unit of the sales order.")
        }
        externalId = draft.externalID
        tranDate = draft.tranDate
        memo = draft.memo
        item = NetSuiteSublist(items: wanted.map { Line(orderLine: $0.key, quantity: $0.value) })
    }
}

/// The body of the transformation of an authorization into an item receipt.
///
/// Lists every line of the authorization: NetSuite would receive the ones left out.
struct NetSuiteItemReceiptRequest: Encodable {
    private struct Line: Encodable {
        let orderLine: Int
        let itemReceive: Bool
        var quantity: Int?
        var restock: Bool?
        var location: NetSuiteReference?
    }

    private let externalId: String
    private let tranDate: String?
    private let memo: String?
    private let item: NetSuiteSublist<Line>

    private enum CodingKeys: CodingKey { case externalId, tranDate, memo, item }

    /// Failure: `refused("unknown_return_line")` when a received line is not in the authorization.
    init(
        _ receipt: NetSuiteReceiptDraft, of authorization: NetSuiteReturnAuthorization, location: String
    ) throws(ProviderFailure) {
        let received = receipt.lines.filter { $0.value.quantity > 0 }
        guard !received.isEmpty, Set(received.keys).isSubset(of: authorization.lines.map(\.number)) else {
            throw .refused(
                code: "unknown_return_line", message: "The receipt holds no line of the return authorization.")
        }
        externalId = receipt.externalID
        tranDate = receipt.tranDate
        memo = receipt.memo
        item = NetSuiteSublist(
            items: authorization.lines.map { line in
                guard let units = received[line.number] else {
                    return Line(orderLine: line.number, itemReceive: false)
                }
                return Line(
                    orderLine: line.number, itemReceive: true, quantity: units.quantity, restock: units.restock,
                    location: NetSuiteReference(id: units.locationID ?? location))
            })
    }
}

/// The body of the transformation of an authorization into a credit memo or a cash refund.
struct NetSuiteCreditRequest: Encodable {
    private struct Line: Encodable {
        let orderLine: Int
        let quantity: Int
        let amount: DecimalText?
    }

    private let externalId: String
    private let tranDate: String?
    private let memo: String?
    private let shippingCost: DecimalText?
    private let taxTotal: DecimalText?
    private let item: NetSuiteSublist<Line>?

    private enum CodingKeys: CodingKey { case externalId, tranDate, memo, shippingCost, taxTotal, item }

    init(_ credit: NetSuiteCreditDraft) {
        externalId = credit.externalID
        tranDate = credit.tranDate
        memo = credit.memo
        shippingCost = credit.shippingCost
        taxTotal = credit.taxTotal
        let lines = credit.lines.sorted { $0.key < $1.key }.map {
            Line(orderLine: $0.key, quantity: $0.value.quantity, amount: $0.value.amount)
        }
        item = lines.isEmpty ? nil : NetSuiteSublist(items: lines)
    }
}
