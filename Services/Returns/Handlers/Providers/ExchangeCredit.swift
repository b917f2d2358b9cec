import Commerce
import Messaging
import Views

/// What the goods of a return are worth towards an exchange: what would be refunded for them.
struct ExchangeCredit: Sendable {
    private let row: ReturnRow
    private let transaction: HandlerTransaction

    init(_ row: ReturnRow, _ transaction: HandlerTransaction) {
        self.row = row
        self.transaction = transaction
    }

    /// Failure: a ``Refusal`` where no payment of the order is known, or nothing can be calculated; `foreign_currency`
    /// where the customer paid in another currency than the shop's, in which the new goods have their price.
    func amount() async throws -> Money {
        let sale = try await ground().sale
        guard !sale.isForeign else {
            throw Refusal(
                code: "foreign_currency",
                message: "The customer paid in \(sale.currency), and the shop orders the goods of an exchange in "
                    + "\(sale.inBooks.currency): order them in the shop by hand and reject the return here.")
        }
        guard !row.refundedLines.isEmpty else { return .zero(sale.currency) }
        return try await result().total
    }

    /// The calculation of the goods, of which there are some.
    /// - Parameters:
    ///   - exchange: what is taken for them.
    ///   - parts: what refunds of them have given that failed otherwise.
    func result(
        less exchange: [ExchangeLine] = [], besides parts: [LedgerEntry] = []
    ) async throws -> RefundResult {
        var ground = try await ground()
        ground.shippingRefunded -= parts.shipping
        do {
            let policy = try ground.sale.converted(
                row.decision.money.policy(in: ground.sale.inBooks.currency), to: ground.sale.currency)
            return try RefundCalculation.result(
                for: ground.request(row.refundedLines, policy: policy).less(
                    exchange, parts.refunded(in: ground.sale.currency)))
        } catch let wrong as RefundProblems {
            throw Refusal(wrong)
        }
    }

    private func ground() async throws -> RefundGround {
        let ground = try await ReturnGround.read(row.orderID, besides: row.id.uuid, in: transaction.database)?.money
        guard let ground else {
            throw Refusal(code: "nothing_refundable", message: "No payment of the order is known.")
        }
        return ground
    }
}
