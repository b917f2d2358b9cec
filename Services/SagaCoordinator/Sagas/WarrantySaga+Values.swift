import Commerce
import Contracts
import Messaging

struct WarrantyReference: Codable, Sendable {
    var warrantyID: WarrantyID

    enum CodingKeys: String, CodingKey { case warrantyID = "warranty_id" }
}

struct WarrantyOutcome: Codable, Sendable {
    /// Nil where nothing has helped.
    var remedy: WarrantyRemedy?
    var refundID: RefundID?
    /// The shop's order of the new goods.
    var orderID: String?

    enum CodingKeys: String, CodingKey {
        case remedy
        case refundID = "refund_id"
        case orderID = "order_id"
    }
}

extension WarrantySaga: GoodsSaga {
    typealias Plan = WarrantyOutline
    typealias Decision = WarrantyReviewed
    typealias Received = WarrantyReceived
    typealias Settled = WarrantyRefundSettled

    static let inReview = WarrantyStatus.inReview
    static let expired = Refusal(code: "expired", message: "Nothing was sent in in time.")

    static func question(_ id: WarrantyID, about reason: Refusal) -> ReviewWarranty {
        ReviewWarranty(warrantyID: id, reason: reason)
    }

    static func escalation(_ id: WarrantyID) -> EscalateWarranty { EscalateWarranty(warrantyID: id) }
}

extension WarrantyOutline: GoodsPlan {}
extension WarrantyReviewed: PersonsDecision {}
extension WarrantyRefundSettled: RefundLastWord {}

extension WarrantySaga {
    /// How a remedy has gone.
    enum Attempted {
        case helped(WarrantyOutcome)
        /// What was meant to help cannot; the next may.
        case failed(Refusal?)
        /// The same, after it had seemed to: there is only forward from here on.
        case takenBack(Refusal)
        /// Its money has not arrived; a person decides what follows. From here on there is only forward.
        case unpaid
    }
}
