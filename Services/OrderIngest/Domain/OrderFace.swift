import Commerce
import Messaging

/// An order as the world outside is told of it: without what concerns the customer's person.
struct OrderFace: Encodable, Equatable, Sendable {
    let id: OrderID
    let number: String
    let status: OrderStatus
    let statusReason: Refusal?
    let currency: String
    let total: String
    let sagaID: SagaID?

    init(_ order: OrderRow) {
        id = order.id
        number = order.document.number
        status = order.status
        statusReason = order.reason
        currency = order.document.currency
        total = order.document.total
        sagaID = order.sagaID
    }

    enum CodingKeys: String, CodingKey {
        case id, number, status, currency, total
        case statusReason = "status_reason"
        case sagaID = "saga_id"
    }
}
