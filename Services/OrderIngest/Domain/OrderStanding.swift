import Commerce
import Messaging

/// Where an order stands, as the audit log shows it before and after an action.
struct OrderStanding: Codable, Equatable, Sendable {
    var status: OrderStatus
    var statusReason: Refusal?
    var hold: OrderHold?

    init(_ order: OrderRow) {
        status = order.status
        statusReason = order.reason
        hold = order.hold
    }

    enum CodingKeys: String, CodingKey {
        case status, hold
        case statusReason = "status_reason"
    }
}

extension AuditEntry {
    static func order(
        _ action: String, _ order: OrderRow, _ reason: String, before: OrderStanding
    ) throws -> AuditEntry {
        AuditEntry(
            action: action, subject: "\(order.id)", reason: reason,
            before: try RawJSON(encoding: before), after: try RawJSON(encoding: OrderStanding(order)))
    }
}
