import Foundation

/// One transaction: an order, or a document made from one.
struct NetSuiteTransaction: Sendable {
    struct Line: Sendable {
        /// The line number, which `orderLine` of a transform refers to. Not an index.
        var number: Int
        var uniqueKey: Int
        var item: Int
        var quantity: Decimal
        var rate: Decimal
        var amount: Decimal
        var location: Int?
        var isClosed = false
        /// Units in fulfilments or receipts, shipped or not.
        var taken: Decimal = 0
        /// Units that have been shipped or received.
        var fulfilled: Decimal = 0
        var billed: Decimal = 0
        /// The line of the source transaction.
        var orderLine: Int?
        /// Description, custom columns and whatever else was written.
        var fields = JSONObject()

        var open: Decimal { isClosed ? 0 : max(0, quantity - taken) }
    }

    var id: Int
    var type: NetSuiteRecordType
    var tranID: String
    var externalID: String?
    var status: String
    /// Body fields as they were written, without the ones that have a place of their own.
    var fields: JSONObject
    var lines: [Line]
    var createdFrom: Int?
    var createdAt: Date
    var modifiedAt: Date

    var isUntouched: Bool { lines.allSatisfy { $0.taken == 0 } }

    var total: Decimal {
        let items = lines.reduce(Decimal(0)) { $0 + $1.amount }
        let shipping = fields["shippingCost"]?.decimal ?? 0
        let tax = fields["taxTotal"]?.decimal ?? 0
        return (items + shipping + discount(of: items) + tax).rounded(to: 2)
    }

    /// `-10.00` is an amount, `"-10%"` a part.
    private func discount(of items: Decimal) -> Decimal {
        guard let rate = fields["discountRate"] else { return 0 }
        if let amount = rate.decimal { return amount }
        guard let text = rate.string, text.hasSuffix("%"), let percent = Decimal(exactly: String(text.dropLast()))
        else {
            return 0
        }
        return (items * percent / 100).rounded(to: 2)
    }
}

extension NetSuiteTransaction {
    /// The status that follows from what was fulfilled, received, billed and closed.
    mutating func settle() {
        guard type == .salesOrder || type == .purchaseOrder || type == .returnAuthorization else { return }
        // What came back before a return was closed is still to be credited.
        let isCredited = type == .returnAuthorization && lines.contains { $0.fulfilled > 0 }
        guard !lines.allSatisfy(\.isClosed) || isCredited else {
            status = "H"
            return
        }
        let live = lines.filter { !$0.isClosed || $0.fulfilled > 0 }
        let isComplete = live.allSatisfy { $0.isClosed || $0.fulfilled >= $0.quantity }
        if isComplete {
            status = live.allSatisfy { $0.billed >= $0.fulfilled } ? "G" : "F"
        } else if live.contains(where: { $0.fulfilled > 0 }) {
            status = "D"
        } else if status != "A" {
            status = "B"
        }
    }
}
