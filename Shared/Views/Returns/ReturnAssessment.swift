import Commerce
import Contracts
import Foundation
import Messaging

/// What a return would be decided and come to now. Nothing is held by it.
public struct ReturnAssessment: Sendable {
    /// Units of one line of the order, asked back for one reason.
    public struct Line: Sendable, Equatable {
        public var lineID: String
        public var quantity: Int
        public var reason: String?
        /// Pictures that show what is wrong.
        public var evidenceCount: Int
        /// Where it stands in the request, the first time.
        public var place: Int
    }

    /// What is asked back; several requests for the same units and reason are one.
    public let lines: [Line]
    /// In the order of the lines.
    public let decision: ReturnDecision
    /// Nil where no payment of the order is known, or nothing is eligible.
    public let refund: RefundResult?

    /// Failure: a ``Refusal`` that names the field, `RefundProblems` where the sale cannot be calculated with.
    public init(
        _ request: ReturnRequest, by channel: ReturnChannel, on ground: ReturnGround, at now: Date
    ) throws {
        guard let currency = ground.currency, let customerCurrency = ground.customerCurrency else {
            throw Refusal(code: "unreadable_order", message: "The order's currency is none.", field: "order_id")
        }
        if let asked = request.currency, asked != customerCurrency.code {
            throw Refusal(
                code: "foreign_currency",
                message: "The order is in \(customerCurrency.code); leave out 'currency' or give that.",
                field: "currency")
        }
        lines = try ReturnLines.resolve(request.lines, of: ground.order)
        let asked = lines.map {
            ReturnRequestFacts.Line(
                lineID: $0.lineID, quantity: $0.quantity, reason: $0.reason, evidenceCount: $0.evidenceCount)
        }
        let decided = ground.decision(on: asked, of: request, by: channel, in: currency, at: now)
        let resolution = request.resolution ?? .originalPayment
        refund = try ground.money.flatMap { [lines] in try Self.refund(lines, decided, resolution, $0) }
        let worth = try refund.flatMap { try ground.money?.sale.converted($0.total, to: currency) }
        decision = decided.reviewed(worth, over: ground.approvalLimit)
    }

    /// The refund of everything that was asked for, on the terms that were decided before; nil where no payment of the
    /// order is known, or nothing is eligible.
    ///
    /// Failure: as of ``init(_:by:on:at:)``.
    public static func refund(
        of request: ReturnRequest, as decision: ReturnDecision, on ground: ReturnGround
    ) throws -> RefundResult? {
        let lines = try ReturnLines.resolve(request.lines, of: ground.order)
        let resolution = request.resolution ?? .originalPayment
        return try ground.money.flatMap { try refund(lines, decision, resolution, $0) }
    }

    /// The refund of what is eligible, in the order of the request and on the terms that were decided; nil where nothing
    /// is.
    private static func refund(
        _ lines: [Line], _ decision: ReturnDecision, _ resolution: ReturnResolution, _ ground: RefundGround
    ) throws -> RefundResult? {
        var taken = HeldUnits()
        var returned: [ReturnedLine] = []
        for (line, decided) in zip(lines, decision.lines) where decided.eligible {
            guard let units = ground.reserve(line.quantity, of: line.lineID, beside: taken) else { continue }
            taken.take(units, of: line.lineID)
            returned.append(decided.returned(units, reason: line.reason))
        }
        guard !returned.isEmpty else { return nil }
        let policy = try decision.refundPolicy(of: ground.sale, as: resolution)
        return try RefundCalculation.result(for: ground.request(returned, policy: policy))
    }
}

extension ReturnRequest {
    /// Failure: a ``Refusal`` `unsupported_resolution` for what no return gives, which says where to ask for it.
    public func checkResolution() throws(Refusal) {
        guard let resolution, !resolution.isOfReturns else { return }
        let exchange =
            resolution == .replace ? "; for other goods of the shop ask for an exchange, with 'exchange_lines'" : ""
        throw Refusal(
            code: "unsupported_resolution",
            message:
                "A return gives no '\(resolution.rawValue)': open a claim under the warranty with POST /warranties"
                + "\(exchange).",
            field: "resolution")
    }
}

extension ReturnDecision {
    /// For what stays with the customer: nobody looks at it later, so that what it comes to is looked at now.
    fileprivate func reviewed(_ total: Money?, over limit: Money?) -> ReturnDecision {
        guard outcome == .approved, eligibleLines.allSatisfy({ $0.disposition != .returned }), let total, let limit,
            total.minorUnits > limit.minorUnits
        else { return self }
        var decision = self
        decision.outcome = .inReview
        decision.rule = "approval_limit"
        decision.reasons = [
            DecisionReason(
                code: .overApprovalLimit, message: "The refund of \(total) is above the limit of \(limit).",
                rule: decision.rule)
        ]
        return decision
    }
}

extension ReturnGround {
    /// Above which a person approves; nil for no limit, and for one that is none in the order's currency.
    public var approvalLimit: Money? {
        guard let limit = policy.approvalLimit, let currency,
            limit == .zero || policy.currency == nil || policy.currency == currency
        else { return nil }
        return limit.money(in: currency)
    }

    /// What the policy says to these units, as far as they are known.
    public func decision(
        on lines: [ReturnRequestFacts.Line], of request: ReturnRequest, by channel: ReturnChannel,
        in currency: Currency, at now: Date
    ) -> ReturnDecision {
        var facts = ReturnRequestFacts(lines: lines)
        facts.resolution = request.resolution
        facts.channel = channel
        facts.shipFromCountry = (request.shipFrom ?? order.shippingAddress)?.country
        return policy.evaluate(
            ReturnFacts(
                now: now, customer: CustomerReturnFacts(order.customer), order: orderFacts(currency), request: facts))
    }
}

/// Finds the lines of an order that a request names.
enum ReturnLines {
    static func resolve(
        _ asked: [ReturnRequest.Line], of order: CanonicalOrder
    ) throws(Refusal) -> [ReturnAssessment.Line] {
        guard !asked.isEmpty else {
            throw Refusal(code: "no_lines", message: "Name at least one line to return.", field: "lines")
        }
        var lines: [ReturnAssessment.Line] = []
        for (index, line) in asked.enumerated() {
            let field = "lines.\(index)"
            guard line.quantity > 0 else {
                throw Refusal(
                    code: "bad_quantity", message: "Give a quantity of one or more.", field: "\(field).quantity")
            }
            let id = try lineID(line, of: order, field)
            if let same = lines.firstIndex(where: { $0.lineID == id && $0.reason == line.reason }) {
                let (sum, overflow) = lines[same].quantity.addingReportingOverflow(line.quantity)
                lines[same].quantity = overflow ? .max : sum
                lines[same].evidenceCount += line.evidence?.count ?? 0
            } else {
                lines.append(
                    .init(
                        lineID: id, quantity: line.quantity, reason: line.reason,
                        evidenceCount: line.evidence?.count ?? 0, place: index))
            }
        }
        return lines
    }

    private static func lineID(
        _ line: ReturnRequest.Line, of order: CanonicalOrder, _ field: String
    ) throws(Refusal) -> String {
        if let id = line.lineID {
            guard order.lines.contains(where: { $0.id == id }) else {
                throw Refusal(
                    code: "unknown_line", message: "The order has no line '\(id)'.", field: "\(field).line_id")
            }
            return id
        }
        guard let sku = line.sku else {
            throw Refusal(code: "no_line", message: "Give 'line_id' or 'sku'.", field: field)
        }
        let matching = order.lines.filter { $0.sku == sku }
        guard let first = matching.first else {
            throw Refusal(code: "unknown_sku", message: "The order has no '\(sku)'.", field: "\(field).sku")
        }
        guard matching.count == 1 else {
            throw Refusal(
                code: "ambiguous_sku", message: "The order has several lines of '\(sku)'; give 'line_id'.",
                field: "\(field).sku")
        }
        return first.id
    }
}
