import Commerce
import Contracts
import Messaging

/// The schema `Return` of the API. A member that has no value is null.
extension ReturnRecord: Encodable {
    enum CodingKeys: String, CodingKey {
        case id, status, resolution, lines, declined, extras, inspections, label, decision, refund, timeline
        case orderID = "order_id"
        case ticketID = "ticket_id"
        case warrantyID = "warranty_id"
        case sagaID = "saga_id"
        case statusReason = "status_reason"
        case externalIDs = "external_ids"
        case reviewDueAt = "review_due_at"
        case receivedAt = "received_at"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(orderID, forKey: .orderID)
        try container.encode(ticketID, forKey: .ticketID)
        try container.encode(warrantyID, forKey: .warrantyID)
        try container.encode(sagaID, forKey: .sagaID)
        try container.encode(status, forKey: .status)
        try container.encode(statusReason, forKey: .statusReason)
        try container.encode(resolution, forKey: .resolution)
        try container.encode(
            lines.map { LineForm($0, request.evidence(of: $0.lineID, sku: $0.sku, reason: $0.reason)) }, forKey: .lines)
        try container.encode(declined.map(DeclinedForm.init), forKey: .declined)
        try container.encode(extras, forKey: .extras)
        try container.encode(inspections, forKey: .inspections)
        try container.encode(label.map(LabelForm.init), forKey: .label)
        try container.encode(DecisionForm(decision), forKey: .decision)
        try container.encode(RefundForm(refund), forKey: .refund)
        try container.encode(externalIDs, forKey: .externalIDs)
        try container.encode(reviewDueAt, forKey: .reviewDueAt)
        try container.encode(receivedAt, forKey: .receivedAt)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(updatedAt, forKey: .updatedAt)
        try container.encodeIfPresent(timeline, forKey: .timeline)
    }
}

private struct LineForm: Encodable {
    let line: ReturnRecord.Line
    let evidence: [ReturnRequest.Evidence]

    init(_ line: ReturnRecord.Line, _ evidence: [ReturnRequest.Evidence]) {
        self.line = line
        self.evidence = evidence
    }

    enum CodingKeys: String, CodingKey {
        case sku, title, quantity, reason, evidence, received, grade, matched, units
        case lineID = "line_id"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(line.lineID, forKey: .lineID)
        try container.encode(line.sku, forKey: .sku)
        try container.encode(line.title, forKey: .title)
        try container.encode(line.units.count, forKey: .quantity)
        try container.encode(line.reason, forKey: .reason)
        try container.encode(evidence.map(EvidenceForm.init), forKey: .evidence)
        try container.encode(line.received, forKey: .received)
        try container.encode(line.grade, forKey: .grade)
        try container.encode(line.matched, forKey: .matched)
        try container.encode(line.units.map(UnitForm.init), forKey: .units)
    }
}

private struct DeclinedForm: Encodable {
    let line: DeclinedLine

    enum CodingKeys: String, CodingKey {
        case sku, title, quantity, reason, message
        case lineID = "line_id"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(line.lineID, forKey: .lineID)
        try container.encode(line.sku, forKey: .sku)
        try container.encode(line.title, forKey: .title)
        try container.encode(line.quantity, forKey: .quantity)
        try container.encode(line.reason, forKey: .reason)
        try container.encode(line.message, forKey: .message)
    }
}

private struct EvidenceForm: Encodable {
    let piece: ReturnRequest.Evidence

    enum CodingKeys: CodingKey { case url, note }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(piece.url, forKey: .url)
        try container.encode(piece.note, forKey: .note)
    }
}

extension ReturnRecord.Line {
    /// False as soon as one unit is not what was sold; nil while any is not known.
    public var matched: Bool? {
        if units.contains(where: { $0.matched == false }) { return false }
        return units.allSatisfy { $0.matched == true } ? true : nil
    }
}

private struct UnitForm: Encodable {
    let unit: ReturnRecord.Unit

    enum CodingKeys: CodingKey { case unit, state, grade, matched, checklist }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(unit.number, forKey: .unit)
        try container.encode(unit.stays ? "kept" : unit.state?.rawValue ?? "expected", forKey: .state)
        try container.encode(unit.grade, forKey: .grade)
        try container.encode(unit.matched, forKey: .matched)
        try container.encode(unit.checklist, forKey: .checklist)
    }
}

/// A label without its document.
struct LabelForm: Encodable {
    let carrier, service, trackingNumber, country: String
    let url: String?
    let voided: Bool
    /// Left out where none was asked for.
    let paperless: Paperless?

    /// What the carrier takes in its place, without its document.
    struct Paperless: Encodable {
        let picture: Bool
        let code, instructions, missing: String?

        init(_ paperless: ReturnShippingLabel.Paperless) {
            picture = paperless.documentID != nil
            code = paperless.code
            instructions = paperless.instructions
            missing = paperless.missing
        }

        enum CodingKeys: CodingKey { case picture, code, instructions, missing }

        /// A member that has no value is null.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(picture, forKey: .picture)
            try container.encode(code, forKey: .code)
            try container.encode(instructions, forKey: .instructions)
            try container.encode(missing, forKey: .missing)
        }
    }

    init(_ label: ReturnShippingLabel) {
        carrier = label.carrier
        service = label.service
        trackingNumber = label.trackingNumber
        country = label.country
        url = label.url
        voided = label.isVoided
        paperless = label.paperless.map(Paperless.init)
    }

    enum CodingKeys: String, CodingKey {
        case carrier, service, country, url, voided, paperless
        case trackingNumber = "tracking_number"
    }
}

private struct DecisionForm: Encodable {
    let outcome: ReturnDecision.Outcome
    let rule: String
    let reasons: [DecisionReason]
    let policyVersion: Int

    init(_ decision: ReturnDecision) {
        outcome = decision.outcome
        rule = decision.rule
        reasons = decision.reasons
        policyVersion = decision.policyVersion
    }

    enum CodingKeys: String, CodingKey {
        case outcome, rule, reasons
        case policyVersion = "policy_version"
    }
}

/// A refund as returns and claims show it; `none` where there is none.
struct RefundForm: Encodable {
    struct Line: Encodable {
        let lineID: String
        let quantity: Int
        let amount: String

        enum CodingKeys: String, CodingKey {
            case quantity, amount
            case lineID = "line_id"
        }
    }

    struct Fee: Encodable {
        let kind, amount: String
    }

    struct Tender: Encodable {
        let id, amount: String
    }

    let refund: ReturnRefund?

    init(_ refund: ReturnRefund?) {
        self.refund = refund
    }

    enum CodingKeys: CodingKey { case id, status, amount, currency, bonus, lines, fees, tenders, error }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(refund?.id, forKey: .id)
        try container.encode(refund?.status.rawValue ?? "none", forKey: .status)
        try container.encode(refund?.amount.decimalString, forKey: .amount)
        try container.encode(refund?.amount.currency.code, forKey: .currency)
        try container.encode(refund?.error, forKey: .error)
        let result = refund?.calculation
        try container.encode(result?.storeCreditBonus?.decimalString, forKey: .bonus)
        try container.encode(
            (result?.lines ?? []).map {
                Line(lineID: $0.lineID, quantity: $0.quantity, amount: $0.amount.decimalString)
            }, forKey: .lines)
        try container.encode(result.map(Self.fees) ?? [], forKey: .fees)
        try container.encode(
            (result?.tenders ?? []).map { Tender(id: $0.id, amount: $0.amount.decimalString) }, forKey: .tenders)
    }

    private static func fees(_ result: RefundResult) -> [Fee] {
        let restocking = result.lines.reduce(Int64(0)) { $0 + $1.restockingFee.minorUnits }
        return [("restocking", restocking), ("return_shipping", result.returnShippingFee.minorUnits)]
            .filter { $0.1 > 0 }
            .map { Fee(kind: $0.0, amount: Money(minorUnits: $0.1, currency: result.currency).decimalString) }
    }
}
