import Commerce
import Contracts
import Messaging

/// Tells the world outside what has become of an order.
struct OrderNews: Sendable {
    let face: OrderFace
    let transaction: HandlerTransaction

    init(_ order: OrderRow, _ transaction: HandlerTransaction) {
        face = OrderFace(order)
        self.transaction = transaction
    }

    private var subject: String { face.id.description }

    func tellCreated() throws {
        try transaction.announce(.orderCreated, face, subject: subject)
    }

    /// - Parameter before: as the order was read.
    func tellUpdated(since before: OrderFace) throws {
        try transaction.announce(.orderUpdated, face, before: before, subject: subject)
        guard face.status != before.status, let event = Self.events[face.status] else { return }
        try transaction.announce(event, face, subject: subject)
    }

    private static let events: [OrderStatus: PublicEvent] = [
        .fulfilled: .orderFulfilled, .delivered: .orderDelivered, .cancelled: .orderCancelled,
    ]
}
