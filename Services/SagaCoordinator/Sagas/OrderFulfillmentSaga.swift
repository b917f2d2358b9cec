import Commerce
import Contracts
import Messaging
import Sagas

/// An order's way: ERP, shop tag, warehouse, packages, delivery.
///
/// Until the first package has left, a refusal undoes everything in reverse: the dispatch is cancelled, the tag
/// removed, the sales order closed, and the order needs attention with the refusal's words.
struct OrderFulfillmentSaga: Saga {
    static let name = "order-fulfillment"
    static let startsOn: SagaStart<OrderReference>? = SagaStart(OrderReceived.self, key: \.orderID) {
        OrderReference(orderID: $0.orderID, number: $0.number)
    }
    static let events = [
        SagaEvent(OrderReleased.self, key: \.orderID),
        SagaEvent(ShipmentShipped.self, key: \.orderID),
        SagaEvent(DispatchClosed.self, key: \.orderID),
        SagaEvent(ShipmentDelivered.self, key: \.orderID),
    ]

    func run(_ saga: SagaContext, _ order: OrderReference) throws -> OrderOutcome {
        saga.status(OrderStatus.received)
        try clear(order, saga)
        let salesOrder = try saga.perform(CreateSalesOrder(orderID: order.orderID)) {
            CancelSalesOrder(orderID: order.orderID, salesOrderID: $0.id)
        }
        saga.status(OrderStatus.pendingFulfillment)
        try saga.perform(TagShopOrder(orderID: order.orderID, tag: sentToERP, salesOrderID: salesOrder.id)) { _ in
            UntagShopOrder(orderID: order.orderID, tag: sentToERP, salesOrderID: salesOrder.id)
        }
        try saga.perform(RecordSalesOrderInShop(orderID: order.orderID, salesOrder: salesOrder))
        try clear(order, saga)
        saga.status(OrderStatus.pendingFulfillment)
        let dispatch = try saga.perform(DispatchToWarehouse(orderID: order.orderID, salesOrder: salesOrder)) {
            CancelDispatch(orderID: order.orderID, number: $0.number)
        }
        try saga.perform(FlagSalesOrder(orderID: order.orderID, salesOrderID: salesOrder.id))
        saga.status(OrderStatus.dispatched)
        let shipments = try ship(salesOrder, dispatch.number, saga)
        try deliver(shipments, saga)
        return OrderOutcome(salesOrder: salesOrder, dispatch: dispatch.number, shipments: shipments)
    }

    private var sentToERP: String { "SENT_TO_NS" }

    /// Waits until nothing is wrong with the order and nobody holds it.
    private func clear(_ order: OrderReference, _ saga: SagaContext) throws {
        while try saga.perform(CheckOrder(orderID: order.orderID)).hold != nil {
            saga.status(OrderStatus.onHold)
            _ = try saga.wait(for: OrderReleased.self)
        }
    }

    /// Records package after package until the warehouse is done.
    private func ship(_ salesOrder: SalesOrder, _ number: String, _ saga: SagaContext) throws -> [ShipmentID] {
        var shipments: [ShipmentID] = []
        var packages: Int?
        while packages == nil || shipments.count < packages! {
            switch try news(saga) {
            case .shipped(let shipment):
                guard !shipments.contains(shipment.shipmentID) else { continue }
                if shipments.isEmpty { try saga.pivot() }
                try record(shipment, salesOrder, saga)
                shipments.append(shipment.shipmentID)
                saga.status(OrderStatus.partiallyFulfilled)
            case .closed(let closed):
                // What the warehouse said of an earlier dispatch is no news of this one.
                guard closed.number == number else { continue }
                guard closed.packages > 0 else {
                    throw Refusal(code: "warehouse_\(closed.outcome.rawValue)", message: closed.description)
                }
                packages = closed.packages
            case .nothing:
                guard !shipments.isEmpty else {
                    throw Refusal(code: "not_shipped", message: "the warehouse shipped nothing within 14 days")
                }
            }
        }
        saga.status(OrderStatus.fulfilled)
        return shipments
    }

    private enum WarehouseNews {
        case shipped(ShipmentShipped)
        case closed(DispatchClosed)
        case nothing
    }

    private func news(_ saga: SagaContext) throws -> WarehouseNews {
        try saga.race(
            { .shipped(try $0.wait(for: ShipmentShipped.self)) },
            { .closed(try $0.wait(for: DispatchClosed.self)) },
            {
                try $0.sleep(for: .days(14))
                return .nothing
            })
    }

    private func record(_ shipment: ShipmentShipped, _ salesOrder: SalesOrder, _ saga: SagaContext) throws {
        try saga.perform(CreateItemFulfillment(shipmentID: shipment.shipmentID, salesOrderID: salesOrder.id))
        try saga.perform(CreateCashSale(shipmentID: shipment.shipmentID, salesOrderID: salesOrder.id))
        try saga.perform(CreateShopFulfillment(shipmentID: shipment.shipmentID))
    }

    /// A package that nobody has seen delivered after 60 days leaves the order `fulfilled`.
    private func deliver(_ shipments: [ShipmentID], _ saga: SagaContext) throws {
        for shipment in shipments {
            let delivered = try saga.wait(for: ShipmentDelivered.self, upTo: .days(60)) { $0.shipmentID == shipment }
            if delivered == nil { return }
        }
        saga.status(OrderStatus.delivered)
    }
}

struct OrderReference: Codable, Sendable {
    var orderID: OrderID
    var number: String

    enum CodingKeys: String, CodingKey {
        case number
        case orderID = "order_id"
    }
}

struct OrderOutcome: Codable, Sendable {
    var salesOrder: SalesOrder
    var dispatch: String
    var shipments: [ShipmentID]

    enum CodingKeys: String, CodingKey {
        case dispatch, shipments
        case salesOrder = "sales_order"
    }
}
