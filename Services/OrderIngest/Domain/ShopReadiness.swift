import Commerce
import Messaging
import Providers

/// Whether an order in the shop is to be processed: paid and not yet fulfilled.
enum ShopReadiness: Equatable, Sendable {
    case ready
    /// Not yet: a later webhook may make it ready.
    case waiting(Refusal)
    /// Not for us.
    case skipped(Refusal)
    /// The shop, or its customer, called it off.
    case cancelled(Refusal)

    init(_ order: ShopifyOrder) {
        self = Self.cancellation(order) ?? Self.fulfillment(order) ?? Self.payment(order)
    }

    private static func cancellation(_ order: ShopifyOrder) -> ShopReadiness? {
        guard order.isCancelled else { return nil }
        return .cancelled(Refusal(code: "cancelled_in_shop", message: "The order was cancelled in the shop."))
    }

    /// A partly fulfilled order is skipped too: what is left of it cannot be told from what was shipped elsewhere.
    private static func fulfillment(_ order: ShopifyOrder) -> ShopReadiness? {
        guard let status = order.fulfillmentStatus else { return nil }
        return .skipped(
            Refusal(
                code: "already_fulfilled",
                message: "The shop shows the order as \(status): it is fulfilled outside the platform."))
    }

    /// `partially_refunded` counts as paid: money came in, and lines taken back are no longer part of the order.
    private static func payment(_ order: ShopifyOrder) -> ShopReadiness {
        switch order.financialStatus {
        case "paid", "partially_refunded":
            return .ready
        case "refunded", "voided":
            let status = order.financialStatus ?? ""
            return .skipped(Refusal(code: "payment_\(status)", message: "The payment of the order was \(status)."))
        case let status:
            return .waiting(
                Refusal(
                    code: "payment_pending",
                    message: "The shop shows the payment as \(status ?? "unknown"); the order starts once it is paid."))
        }
    }

    /// Why the order does not go on; nil for one that does.
    var reason: Refusal? {
        switch self {
        case .ready: nil
        case .waiting(let reason), .skipped(let reason), .cancelled(let reason): reason
        }
    }
}
