import Commerce
import Contracts
import Messaging

struct ReturnReference: Codable, Sendable {
    var returnID: ReturnID
    var orderID: OrderID

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case orderID = "order_id"
    }
}

struct ReturnOutcome: Codable, Sendable {
    /// Nil where nothing was given back.
    var refundID: RefundID?

    enum CodingKeys: String, CodingKey {
        case refundID = "refund_id"
    }
}

extension ReturnSaga: GoodsSaga {
    typealias Plan = ReturnPlan
    typealias Decision = ReturnReviewed
    typealias Received = ReturnReceived
    typealias Settled = ReturnRefundSettled

    static let inReview = ReturnStatus.inReview
    static let expired = Refusal(code: "expired", message: "Nothing was sent back in time.")

    static func question(_ id: ReturnID, about reason: Refusal) -> ReviewReturn {
        ReviewReturn(returnID: id, reason: reason)
    }

    static func escalation(_ id: ReturnID) -> EscalateReview { EscalateReview(returnID: id) }
}

extension ReturnPlan: GoodsPlan {}
extension ReturnReviewed: PersonsDecision {}
extension ReturnRefundSettled: RefundLastWord {}

extension ReturnSaga {
    /// What has become of the money.
    enum Payment {
        case made(RefundID)
        /// Nothing is given back; it may have been tried before.
        case nothing(past: Bool)
        /// What was to be given back has not arrived, and a person does not have it tried again. There is only forward.
        case givenUp

        var refundID: RefundID? {
            guard case .made(let id) = self else { return nil }
            return id
        }
    }
}

extension Refusal {
    /// The shop's no to the new goods of an exchange, with what a yes to it means.
    /// - Parameter isLast: whether the shop was asked again already.
    func ofExchange(isLast: Bool) -> Refusal {
        let meaning =
            isLast
            ? "Approved once more, the returned goods are refunded instead."
            : "Put it right in the shop: approved, the shop is asked again. Refused again, the next yes refunds the "
                + "returned goods instead."
        return Refusal(code: code, message: "\(message) \(meaning)", field: field)
    }
}
