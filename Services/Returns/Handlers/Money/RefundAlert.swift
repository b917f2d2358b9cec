import Commerce
import Contracts
import Messaging

/// What becomes of a return's money when nothing drives the return any more that could see to it: people are told.
struct RefundAlert: Sendable {
    private let refund: RefundStore.Row
    private let turn: String
    private let transaction: HandlerTransaction

    /// - Parameter turn: names what has come about, for one who hears of it twice.
    init(_ refund: RefundStore.Row, _ turn: String, _ transaction: HandlerTransaction) {
        self.refund = refund
        self.turn = turn
        self.transaction = transaction
    }

    /// Money that had failed has arrived beside what was given in its place.
    func givenTwice() async throws {
        guard let returnID = refund.returnID else { return }
        ReturnTimeline(returnID, transaction).append(
            ReturnHappening(
                "refund.given_twice", "An earlier refund, of \(refund.amount), has arrived beside what replaced it.",
                externalRef: refund.externalID, dedupeKey: turn))
        try send(
            "refund_given_twice/\(refund.id)", "A return may have been made good twice",
            "A refund that had failed has arrived after something else was given, or decided, in its place.")
    }

    /// The money of a claim that rests has come back.
    func failedAtRest() throws {
        try send(
            "refund_failed_at_rest/\(turn)", "The refund of a settled warranty claim has failed",
            "The claim is closed and does not pay again: refund by hand, as an amount, what is missing of "
                + "\(refund.amount). \(refund.error?.message ?? "")")
    }

    /// What single payments gave of a refund that failed has changed after something was decided on it.
    func partChanged() throws {
        try send(
            "refund_part_changed/\(turn)", "A refund that failed has given more, or less, than was reckoned with",
            "\(refund.error?.message ?? "Nothing of it was given.") Compare what the return has given with its worth.")
    }

    /// The money has come back, and what was given on top of it has not.
    func bonusStays() async throws {
        guard let bonus = try await BonusStore(transaction).granted(with: refund) else { return }
        try send(
            "bonus_stays/\(turn)", "A refund has failed that came with a bonus",
            "The bonus of \(bonus) stays in the customer's store credit; what is given instead comes without another.")
    }

    private func send(_ key: String, _ title: String, _ text: String) throws {
        guard let returnID = refund.returnID else { return }
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: key, title: title, text: text,
                    fields: ["return": "\(returnID)", "refund": "\(refund.id)", "order": "\(refund.orderID)"],
                    next: ["stateset returns show \(returnID)", "stateset refunds show \(refund.id)"])),
            subject: returnID.description)
    }
}

extension ReturnRow {
    /// Whether it brought in the goods of a claim that is over, so that no process is left to pay again.
    var isSettledClaim: Bool { warrantyID != nil && status == .closed }
}
