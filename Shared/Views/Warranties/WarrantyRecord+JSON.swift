import Commerce
import Contracts

/// A member that has no value is null.
extension WarrantyRecord: Encodable {
    enum CodingKeys: String, CodingKey {
        case id, status, sku, title, quantity, problem, description, evidence, remedy, coverage, finding, repair
        case replacement, parcel, label, refund, timeline
        case orderID = "order_id"
        case registrationID = "registration_id"
        case returnID = "return_id"
        case sagaID = "saga_id"
        case statusReason = "status_reason"
        case lineID = "line_id"
        case wishedRemedy = "wished_remedy"
        case reviewDueAt = "review_due_at"
        case receivedAt = "received_at"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(orderID, forKey: .orderID)
        try container.encode(registrationID, forKey: .registrationID)
        try container.encode(returnID, forKey: .returnID)
        try container.encode(sagaID, forKey: .sagaID)
        try container.encode(status, forKey: .status)
        try container.encode(statusReason, forKey: .statusReason)
        try encodeClaim(to: &container)
        try encodeOutcome(to: &container)
        try container.encode(reviewDueAt, forKey: .reviewDueAt)
        try container.encode(receivedAt, forKey: .receivedAt)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(updatedAt, forKey: .updatedAt)
        try container.encodeIfPresent(timeline, forKey: .timeline)
    }

    private func encodeClaim(to container: inout KeyedEncodingContainer<CodingKeys>) throws {
        try container.encode(lineID, forKey: .lineID)
        try container.encode(sku, forKey: .sku)
        try container.encode(title, forKey: .title)
        try container.encode(quantity, forKey: .quantity)
        try container.encode(request.problem, forKey: .problem)
        try container.encode(request.description, forKey: .description)
        try container.encode(request.evidence ?? [], forKey: .evidence)
        try container.encode(request.remedy, forKey: .wishedRemedy)
        try container.encode(CoverageForm(coverage), forKey: .coverage)
    }

    private func encodeOutcome(to container: inout KeyedEncodingContainer<CodingKeys>) throws {
        try container.encode(remedy, forKey: .remedy)
        try container.encode(finding, forKey: .finding)
        try container.encode(repair.map(RepairForm.init), forKey: .repair)
        try container.encode(replacement.map { ReplacementForm($0, replacementOrderID) }, forKey: .replacement)
        try container.encode(parcel.map(ParcelForm.init), forKey: .parcel)
        try container.encode(label.map(LabelForm.init), forKey: .label)
        try container.encode(RefundForm(refund), forKey: .refund)
    }
}

private struct CoverageForm: Encodable {
    let coverage: WarrantyCoverage

    init(_ coverage: WarrantyCoverage) {
        self.coverage = coverage
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: WarrantyCoverage.CodingKeys.self)
        try container.encode(coverage.outcome, forKey: .outcome)
        try container.encode(coverage.plan, forKey: .plan)
        try container.encode(coverage.startsOn, forKey: .startsOn)
        try container.encode(coverage.endsOn, forKey: .endsOn)
        try container.encode(coverage.covered, forKey: .covered)
        try container.encode(coverage.reasons, forKey: .reasons)
        try container.encode(coverage.remedies, forKey: .remedies)
        try container.encode(coverage.termsVersion, forKey: .termsVersion)
    }
}

private struct RepairForm: Encodable {
    let repair: WarrantyRepair

    enum CodingKeys: CodingKey { case outcome, note }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(repair.outcome, forKey: .outcome)
        try container.encode(repair.note, forKey: .note)
    }
}

private struct ReplacementForm: Encodable {
    let replacement: WarrantyReplacement
    let orderID: OrderID?

    init(_ replacement: WarrantyReplacement, _ orderID: OrderID?) {
        self.replacement = replacement
        self.orderID = orderID
    }

    enum CodingKeys: String, CodingKey {
        case name
        case draftID = "draft_id"
        case shopOrderID = "shop_order_id"
        case orderID = "order_id"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(replacement.draftID, forKey: .draftID)
        try container.encode(replacement.name, forKey: .name)
        try container.encode(replacement.shopOrderID, forKey: .shopOrderID)
        try container.encode(orderID, forKey: .orderID)
    }
}

private struct ParcelForm: Encodable {
    let parcel: OutgoingParcel

    enum CodingKeys: String, CodingKey {
        case carrier
        case trackingNumber = "tracking_number"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(parcel.trackingNumber, forKey: .trackingNumber)
        try container.encode(parcel.carrier, forKey: .carrier)
    }
}
