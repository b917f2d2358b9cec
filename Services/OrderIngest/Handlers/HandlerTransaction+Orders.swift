import Commerce
import Contracts
import Messaging

extension HandlerTransaction {
    /// Names the message that is being handled.
    var cause: String { context.causationID ?? "" }

    /// Lets the order's saga ask again whether it may go on.
    func publishReleased(_ order: OrderRow, reason: String, actor: ServiceName? = nil) throws {
        var context = context
        if let actor { context.actor = actor.rawValue }
        try with(context).publish(OrderReleased(orderID: order.id, reason: reason), subject: "\(order.id)")
    }

    /// Asks for the saga of an order that was called off to be cancelled, if the saga is known.
    func callOffSaga(of order: OrderRow) throws {
        guard let sagaID = order.sagaID, let hold = order.hold else { return }
        try send(OperateSaga(sagaID: sagaID, verb: .cancel, reason: hold.reason), subject: "\(order.id)")
    }
}
