import Commerce
import Foundation

/// The goods of an exchange, as they were set aside in the shop.
struct ReturnExchange: Codable, Sendable, Equatable {
    struct Line: Codable, Sendable, Equatable {
        var sku: String
        var quantity: Int
        /// Of the whole line, at the shop's price.
        var amount: Money
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

    enum CodingKeys: String, CodingKey {
        case name, credit, due, lines
        case draftID = "draft_id"
        case orderID = "order_id"
        case invoiceURL = "invoice_url"
        case invoiceRefusal = "invoice_refusal"
    }

    /// What the exchange takes of the refund: all of it where more is to be paid.
    ///
    /// Failure: `MoneyError` on amounts beyond what can be reckoned with.
    func taken() throws(MoneyError) -> Money {
        guard due.minorUnits == 0 else { return credit }
        let price = try Money.sum(lines.map(\.amount), in: credit.currency)
        return try price.isLess(than: credit) ? price : credit
    }
}
