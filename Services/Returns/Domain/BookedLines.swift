import Commerce
import Providers

/// The lines of a refund in the books: what was given back and what was kept back, each by itself.
///
/// *Guarantees*: the lines and the tax come to what was refunded, to the cent: with what an
/// earlier refund of the same goods gave before it failed.
struct BookedLines: Sendable, Equatable {
    let lines: [QuickBooksDraft.Line]
    let tax: Money?

    /// An amount without goods.
    init(_ amount: Money, reason: String) {
        lines = [.init(description: reason, quantity: 1, amount: amount)]
        tax = nil
    }

    /// - Parameter titles: what the goods are called, by line of the order.
    init(_ result: RefundResult, titles: [String: String]) {
        let currency = result.currency
        var lines: [QuickBooksDraft.Line] = []
        func add(_ description: String, _ units: Int64, quantity: Int = 1) {
            guard units != 0 else { return }
            let amount = Money(minorUnits: units, currency: currency)
            lines.append(.init(description: description, quantity: max(1, quantity), amount: amount))
        }
        func sum(_ figure: (RefundedLine) -> Money?) -> Int64 {
            result.lines.reduce(0) { $0 + (figure($1)?.minorUnits ?? 0) }
        }
        for line in result.lines {
            add(titles[line.lineID] ?? line.lineID, line.net.minorUnits, quantity: line.quantity)
        }
        add("Shipping", result.shippingRefundNet)
        add("Condition of the goods", -sum(\.gradeDeduction))
        add("Goods that stay with the customer", -sum(\.keptDeduction))
        let returnFee = result.returnShippingFee.minorUnits - result.unrecoveredFees.minorUnits
        add("Restocking", -sum(\.restockingFee))
        add("Return shipping", -returnFee)
        let (given, tax) = (result.givenInAll, result.taxInAll)
        // What is left over went into an exchange, or the payments had no room for it.
        let worth = lines.reduce(0) { $0 + $1.amount.minorUnits } + tax
        add("Exchange and what was not paid out", given - worth)
        if lines.isEmpty { add("Refund", given - tax) }
        self.lines = lines
        self.tax = tax == 0 ? nil : Money(minorUnits: tax, currency: currency)
    }
}
