import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Views

/// The goods that a claim is about, found and not yet held.
struct ClaimedGoods: Sendable {
    /// A line of an order of ours, with units of it that are free.
    struct Sold: Sendable {
        var orderID: OrderID
        var order: CanonicalOrder
        var lineID: String
        var units: UnitNumbers
        var value: Money?
        var orderedAt, deliveredAt: Date?
    }

    var sku: String
    var title: String
    var quantity: Int
    /// Nil for goods that were bought elsewhere.
    var sold: Sold?
    var registration: RegistrationRecord?
    var earlierClaims = 0
}

extension ClaimedGoods {
    /// Finds them, with the locks under which they can be held: the registration's, then the order's ledger.
    ///
    /// Failure: a ``Refusal`` with the field that is wrong.
    static func find(_ request: WarrantyRequest, in transaction: HandlerTransaction) async throws -> ClaimedGoods {
        let registration = try await registration(of: request, transaction)
        guard let registration else {
            let order = try await ReturnOrder.find(request.orderReference, in: transaction.database)
            return try await sold(in: order, request, nil, transaction)
        }
        guard request.quantity ?? 1 == 1 else {
            throw Refusal(code: "bad_quantity", message: "A registration is of one unit.", field: "quantity")
        }
        if let orderID = registration.orderID {
            guard request.orderID == nil || OrderID(request.orderID ?? "") == orderID else {
                throw Refusal(
                    code: "foreign_order", message: "The registration is of order \(orderID).", field: "order_id")
            }
            return try await sold(in: orderID, request, registration, transaction)
        }
        return try await elsewhere(registration, request, transaction)
    }

    private static func registration(
        of request: WarrantyRequest, _ transaction: HandlerTransaction
    ) async throws -> RegistrationRecord? {
        guard let text = request.registrationID else { return nil }
        guard let id = RegistrationID(text), let record = try await RegistrationStore(transaction).lock(id) else {
            throw Refusal(
                code: "unknown_registration", message: "There is no such registration.", field: "registration_id")
        }
        guard record.status != .rejected else {
            throw Refusal(
                code: "registration_rejected", message: "The registration was rejected: \(record.statusReason ?? "")",
                field: "registration_id")
        }
        if let claim = try await WarrantyStore(transaction).claim(holding: id) {
            throw Refusal(
                code: "already_claimed", message: "The unit is in claim \(claim), or was replaced or refunded by it.",
                field: "registration_id")
        }
        return record
    }

    private static func elsewhere(
        _ registration: RegistrationRecord, _ request: WarrantyRequest, _ transaction: HandlerTransaction
    ) async throws -> ClaimedGoods {
        guard request.orderID == nil, request.orderNumber == nil else {
            throw Refusal(
                code: "foreign_order", message: "The registration is of goods that were bought elsewhere.",
                field: "order_id")
        }
        guard request.target != nil else {
            throw Refusal(
                code: "missing_address",
                message: "Nobody knows where new goods go; give 'ship_to' with street, city and country.",
                field: "ship_to")
        }
        guard request.helpdesk == nil else {
            throw Refusal(
                code: "no_ticket", message: "A ticket goes with an order of ours; leave it out.", field: "helpdesk")
        }
        return ClaimedGoods(
            sku: registration.sku, title: registration.sku, quantity: 1, sold: nil, registration: registration,
            earlierClaims: try await WarrantyStore(transaction).successes(of: registration.id))
    }

    // MARK: Of an order of ours

    private static func sold(
        in orderID: OrderID, _ request: WarrantyRequest, _ registration: RegistrationRecord?,
        _ transaction: HandlerTransaction
    ) async throws -> ClaimedGoods {
        guard try await LedgerStore(transaction).lock(orderID) != nil,
            let ground = try await ReturnGround.read(orderID, in: transaction.database), let money = ground.money
        else {
            throw Refusal.paymentsUnknown
        }
        let line = try request.line(of: ground.order, registration)
        let quantity = request.quantity ?? 1
        let facts = ground.orderFacts(money.sale.inBooks.currency)
        let shipped = facts.lines.first { $0.id == line.id }
        guard quantity <= line.quantity, let shipped else {
            throw Refusal(
                code: "bad_quantity", message: "Line \(line.id) has \(line.quantity) units.", field: "quantity")
        }
        guard quantity <= shipped.fulfilled else {
            throw Refusal(
                code: "not_fulfilled", message: "So many units of line \(line.id) have not left the warehouse yet.",
                field: "quantity")
        }
        guard let units = money.reserve(quantity, of: line.id, beside: HeldUnits()) else {
            throw Refusal(
                code: LineReason.alreadyReturned.rawValue,
                message: "So many units of line \(line.id) are not left; some are in a return, in a claim or refunded.",
                field: "quantity")
        }
        return ClaimedGoods(
            sku: line.sku, title: line.title, quantity: quantity,
            sold: Sold(
                orderID: orderID, order: ground.order, lineID: line.id, units: units,
                value: facts.value(of: [line.id: quantity]), orderedAt: facts.orderedAt,
                deliveredAt: shipped.deliveredAt),
            registration: registration,
            earlierClaims: try await earlier(registration, units, line, orderID, transaction))
    }

    /// A registration is of one unit by its serial number; the numbers within a line tell equal units not apart.
    private static func earlier(
        _ registration: RegistrationRecord?, _ units: UnitNumbers, _ line: OrderLine, _ orderID: OrderID,
        _ transaction: HandlerTransaction
    ) async throws -> Int {
        let store = WarrantyStore(transaction)
        if let registration { return try await store.successes(of: registration.id) }
        return try await store.successes(of: units.numbers, line: line.id, order: orderID)
    }

    // MARK: What the terms are asked

    func facts(_ request: WarrantyRequest, _ terms: WarrantyTerms, at now: Date) -> WarrantyFacts {
        var facts = WarrantyFacts(now: now, sku: sku, problem: request.problem, isSoldHere: sold != nil)
        facts.remedy = request.remedy
        facts.evidenceCount = request.evidence?.count ?? 0
        facts.value = sold?.value
        facts.orderedAt = sold?.orderedAt
        facts.deliveredAt = sold?.deliveredAt
        facts.earlierClaims = earlierClaims
        facts.registration = registration.map { record in
            .init(
                purchasedOn: record.purchasedOn, registeredOn: terms.calendar.day(of: record.createdAt),
                isVerified: record.status == .verified)
        }
        return facts
    }
}

extension WarrantyRequest {
    /// The order as returns look it up.
    fileprivate var orderReference: ReturnRequest {
        var reference = ReturnRequest(orderID: "", lines: [])
        reference.orderID = orderID
        reference.orderNumber = orderNumber
        reference.email = email
        return reference
    }

    /// Failure: a ``Refusal`` with the field that is wrong.
    fileprivate func line(
        of order: CanonicalOrder, _ registration: RegistrationRecord?
    ) throws(Refusal) -> OrderLine {
        if let id = lineID ?? (sku == nil ? registration?.lineID : nil) {
            guard let line = order.lines.first(where: { $0.id == id }) else {
                throw Refusal(code: "unknown_line", message: "The order has no line '\(id)'.", field: "line_id")
            }
            guard registration == nil || registration?.sku == line.sku else {
                throw Refusal(
                    code: "foreign_line", message: "The registration is of '\(registration?.sku ?? "")'.",
                    field: "line_id")
            }
            return line
        }
        guard let sku = sku ?? registration?.sku else {
            throw Refusal(code: "no_line", message: "Give 'line_id' or 'sku'.", field: "sku")
        }
        let matching = order.lines.filter { $0.sku == sku }
        guard let line = matching.first else {
            throw Refusal(code: "unknown_sku", message: "The order has no '\(sku)'.", field: "sku")
        }
        guard registration == nil || registration?.sku == sku else {
            throw Refusal(
                code: "foreign_line", message: "The registration is of '\(registration?.sku ?? "")'.", field: "sku")
        }
        guard matching.count == 1 else {
            throw Refusal(
                code: "ambiguous_sku", message: "The order has several lines of '\(sku)'; give 'line_id'.",
                field: "sku")
        }
        return line
    }
}
