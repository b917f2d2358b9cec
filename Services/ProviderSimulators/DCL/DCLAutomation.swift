import Foundation

/// Shipping and delivering without being asked, for demonstrations and load.
extension DCLSimulator {
    mutating func automate(shipAfter: Duration?, deliverAfter: Duration?) {
        automation = Automation(shipAfter: shipAfter, deliverAfter: deliverAfter, plan: automation.plan + 1)
        for number in orderNumbers { orders[number].map { planShipping(of: $0) } }
    }

    mutating func planShipping(of order: DCLOrder) {
        guard let delay = automation.shipAfter, order.isOpen else { return }
        emit(.later(after: delay, .ship(order: order.number, plan: automation.plan)))
    }

    mutating func planDelivery(of package: DCLOrder.Package) {
        guard let delay = automation.deliverAfter else { return }
        emit(.later(after: delay, .deliver(trackingNumber: package.trackingNumber, plan: automation.plan)))
    }

    /// What was planned under other settings, and what can no longer be done, is left alone.
    mutating func perform(_ action: Action, now: Date) {
        switch action {
        case .ship(let order, let plan):
            guard plan == automation.plan else { return }
            try? shipRest(of: order, now: now)
        case .deliver(let trackingNumber, let plan):
            guard plan == automation.plan else { return }
            try? deliver(trackingNumber, now: now)
        }
    }
}
