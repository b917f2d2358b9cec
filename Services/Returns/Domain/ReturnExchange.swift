import Commerce
import Foundation

/// The goods of an exchange, as they were set aside in the shop: a draft order, reserved where the shop agreed.
struct ReturnExchange: Codable, Sendable, Equatable {
    struct Line: Codable, Sendable, Equatable {
        var sku: String
        var quantity: Int
        /// Of the whole line, at the shop's price, and its tax; nil where an older build did not read that.
        var amount: Money
        var tax: Money?
    }

    /// The draft order at the shop, and what people know it by.
    var draftID: String
    var name: String?
    /// What the returned goods are worth, and what the customer still has to pay.
    var credit, due: Money
    var lines: [Line]
    /// The shop's order of the new goods; nil while it is none.
    var orderID: String?
    /// Where the customer pays, for one whom the shop does not mail to, and why it does not.
    var invoiceURL: String?
    var invoiceRefusal: String?
    /// Nil for goods that were ordered already, and where an older build reserved nothing.
    var reservation: GoodsReservation?

    enum CodingKeys: String, CodingKey {
        case name, credit, due, lines, reservation
        case draftID = "draft_id"
        case orderID = "order_id"
        case invoiceURL = "invoice_url"
        case invoiceRefusal = "invoice_refusal"
    }

    /// What the exchange takes of the refund, by line: its price and the tax on it.
    ///
    /// Failure: `MoneyError` on amounts beyond what can be reckoned with.
    func taken() throws(MoneyError) -> [ExchangeLine] {
        var lines: [ExchangeLine] = []
        for line in self.lines {
            guard let tax = line.tax else { return try takenOfCredit() }
            lines.append(ExchangeLine(sku: line.sku, quantity: line.quantity, amount: line.amount, tax: tax))
        }
        return lines
    }

    /// Minor units that it takes of what the order's payments have left: what its goods cost, as far as the returned ones
    /// pay for them.
    ///
    /// Failure: as of ``taken()``.
    func room() throws(MoneyError) -> Int64 {
        var price = Money.zero(credit.currency)
        for line in try taken() { price = try price + line.amount + line.tax }
        return min(price.minorUnits, credit.minorUnits)
    }

    /// Where the tax is not known: the price, and no more than the returned goods are worth.
    private func takenOfCredit() throws(MoneyError) -> [ExchangeLine] {
        let price = try Money.sum(lines.map(\.amount), in: credit.currency)
        // WHY: where something is due, the shop has added tax to the price, and the goods have taken all of the credit.
        let total = due.minorUnits == 0 && price.minorUnits < credit.minorUnits ? price : credit
        let weights = lines.map(\.amount.minorUnits)
        guard weights.contains(where: { $0 > 0 }) else { return [] }
        return zip(lines, try total.allocate(weights: weights)).map { line, amount in
            ExchangeLine(sku: line.sku, quantity: line.quantity, amount: amount, tax: .zero(credit.currency))
        }
    }
}

extension ReturnRow {
    /// The shop's order of the new goods, which nothing else is given beside; nil while there is none.
    var exchangeOrder: String? { externalIDs["exchange_order"] }
}

extension RefundRequest {
    /// The same for a customer who gets other goods instead, of what the payments have left, or had a part before.
    func less(_ exchange: [ExchangeLine], _ givenBefore: Money? = nil) -> RefundRequest {
        RefundRequest(
            currency: currency, order: order, others: others, lines: lines, heldShipping: heldShipping,
            exchange: exchange, exchangeUsesRoom: !exchange.isEmpty, givenBefore: givenBefore, policy: policy)
    }
}
