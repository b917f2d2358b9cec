import Commerce
import Contracts
import Messaging

/// What is told of the bonus of a refund that was taken as store credit.
struct BonusNews: Sendable {
    private let refund: RefundStore.Row
    private let amount: Money
    private let transaction: HandlerTransaction

    init(_ refund: RefundStore.Row, _ amount: Money, _ transaction: HandlerTransaction) {
        self.refund = refund
        self.amount = amount
        self.transaction = transaction
    }

    /// The refund's mail says it too. Where that has gone without it, as that of a return at rest may, another one does.
    func granted(as reference: String) async throws {
        let goods = try await save(
            ReturnHappening(
                "return.bonus_granted", "A bonus of \(amount) was added to the store credit.",
                externalRef: "shopify:\(reference)", dedupeKey: "\(refund.id)"))
        guard let goods, refund.status.isDone, try await BonusStore(transaction).wasToldBefore(goods.row.id) else {
            return
        }
        try await ReturnNotice(.returnBonus, of: goods.row, bonus: amount).send(in: transaction)
    }

    /// The customer is told of none, and people may give it by hand.
    func refused(_ refusal: Refusal) async throws {
        try await save(
            ReturnHappening(
                "return.bonus_refused", "The bonus of \(amount) was not added: \(refusal.message)",
                dedupeKey: "\(refund.id)"))
        try alert(
            "bonus_refused/\(refund.id)", "A bonus on store credit could not be given",
            "Add it by hand to the customer's store credit: \(refusal.message)")
    }

    /// Somebody may have added the same by hand.
    func mayBeTwice(_ references: [String]) throws {
        try alert(
            "bonus_twice/\(refund.id)", "A bonus on store credit may have been given twice",
            "The customer's account shows it more than once: \(references.joined(separator: ", ")).")
    }

    /// - Returns: the return, locked; nil for a refund of none.
    @discardableResult
    private func save(_ happening: ReturnHappening) async throws -> ReturnCase? {
        guard let returnID = refund.returnID else { return nil }
        var goods = try await ReturnCase.lock(returnID, in: transaction)
        try await goods.save(happening)
        return goods
    }

    private func alert(_ key: String, _ title: String, _ text: String) throws {
        var fields = ["refund": "\(refund.id)", "order": "\(refund.orderID)", "bonus": "\(amount)"]
        fields["return"] = refund.returnID.map { "\($0)" }
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: key, title: title, text: text, fields: fields, next: ["stateset refunds show \(refund.id)"])),
            subject: refund.returnID?.description ?? refund.id.description)
    }
}
