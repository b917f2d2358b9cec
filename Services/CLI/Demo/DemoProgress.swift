/// How far one order of the demonstration is. A value: every look at the order gives a new one.
struct DemoProgress: Sendable, Equatable {
    enum Stage: Int, Sendable, CaseIterable, Comparable {
        case ordered, received, erp, warehouse, shipped, delivered

        static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    enum State: Sendable, Equatable {
        case underWay
        /// It ended as it should.
        case done
        /// It ended, or stands, as it should not; in words.
        case wrong(String)
    }

    let order: DemoOrder
    /// Of the shop: `#1001`.
    var number = ""
    var orderID: String?
    var sagaID: String?
    var stage = Stage.ordered
    var state = State.underWay
    /// The warehouse's words, for the order it refuses.
    var refusal: String?
    /// From its creation to its last change of stage.
    var elapsed = Duration.zero

    init(_ order: DemoOrder) {
        self.order = order
    }

    /// What a look at the order and its saga shows.
    mutating func see(_ seen: OrderModel, saga: SagaModel?, after elapsed: Duration) {
        guard state == .underWay else { return }
        orderID = seen.id
        sagaID = seen.sagaID ?? sagaID
        let before = (stage, state)
        stage = max(stage, Self.stage(of: seen))
        state = verdict(seen, saga)
        if before != (stage, state) { self.elapsed = elapsed }
    }

    private static func stage(of order: OrderModel) -> Stage {
        switch order.status {
        case "delivered": .delivered
        case "fulfilled", "partially_fulfilled": .shipped
        case "dispatched": .warehouse
        case "pending_fulfillment": .erp
        default: order.externalIDs["netsuite"] == nil ? .received : .erp
        }
    }

    private mutating func verdict(_ seen: OrderModel, _ saga: SagaModel?) -> State {
        switch order.ending {
        case .delivered(let packages): return delivered(seen, packages)
        case .refused: return refused(seen, saga)
        }
    }

    private func delivered(_ seen: OrderModel, _ packages: [[OrderModel.SKULine]]) -> State {
        if let reason = seen.statusReason { return .wrong("\(seen.status): \(reason.code): \(reason.message)") }
        guard seen.status == "delivered" else { return .underWay }
        guard seen.shipments.count == packages.count else {
            return .wrong("delivered in \(seen.shipments.count) packages instead of \(packages.count)")
        }
        // Both are written down by then: the saga waits for them before it waits for the delivery.
        let unrecorded = seen.shipments.filter { $0.externalIDs["netsuite"] == nil || $0.externalIDs["shopify"] == nil }
        guard unrecorded.isEmpty else { return .underWay }
        guard seen.lines.allSatisfy({ $0.shipped == $0.quantity }) else { return .wrong("not everything has shipped") }
        return .done
    }

    private mutating func refused(_ seen: OrderModel, _ saga: SagaModel?) -> State {
        if let reason = seen.statusReason { refusal = reason.message }
        guard seen.shipments.isEmpty else { return .wrong("it was shipped although the warehouse refuses it") }
        guard let saga else { return .underWay }
        switch saga.status {
        case "compensated":
            return seen.status == "needs_attention" && seen.statusReason != nil ? .done : .underWay
        case "stuck", "diverged", "failed", "completed":
            return .wrong("its saga is \(saga.status) instead of compensated")
        default:
            return .underWay
        }
    }
}
