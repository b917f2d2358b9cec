import Commerce
import Contracts

/// Warranties: terms, registrations, and claims.
enum WarrantySchemas {
    static let items: [JSON.Member] = [
        .init(name: "Warranty", value: claim), .init(name: "Registration", value: registration),
    ]

    static let others: [JSON.Member] = [
        .init(name: "WarrantyRequest", value: request), .init(name: "WarrantyApproval", value: approval),
        .init(name: "WarrantyRejection", value: rejection), .init(name: "WarrantyInspection", value: inspection),
        .init(name: "WarrantyRepair", value: repair), .init(name: "RegistrationRequest", value: registrationRequest),
        .init(name: "PurchaseProof", value: proof), .init(name: "WarrantyTerms", value: terms),
    ]

    private static let remedy = Schemas.oneOf(WarrantyRemedy.allCases.map(\.rawValue))
    private static let finding = Schemas.oneOf(WarrantyFinding.allCases.map(\.rawValue))
    private static let date: JSON = ["type": "string", "format": "date"]
    private static let nullableDate: JSON = ["type": ["string", "null"], "format": "date"]
    private static let evidence = Schemas.array(Schemas.object(["url": Schemas.string]))
    private static let duration: JSON = ["type": "string", "description": "ISO 8601, e.g. P3D."]
    private static let term: JSON = ["type": "string", "description": "ISO 8601 of the calendar, e.g. P1Y or P18M."]

    // MARK: Claims

    private static let request = Schemas.object(
        [
            "order_id": Schemas.id("ord"), "order_number": Schemas.string, "email": Schemas.string,
            "registration_id": Schemas.id("reg"), "line_id": Schemas.string, "sku": Schemas.string,
            "quantity": Schemas.quantity, "problem": Schemas.string, "description": Schemas.string,
            "evidence": evidence, "remedy": remedy, "ship_from": ReturnSchemas.address,
            "ship_to": ReturnSchemas.address, "helpdesk": Schemas.reference("HelpdeskTicket"),
            "locale": Schemas.locale,
        ],
        optional: [
            "order_id", "order_number", "email", "registration_id", "line_id", "sku", "quantity", "description",
            "evidence", "remedy", "ship_from", "ship_to", "helpdesk", "locale",
        ])

    private static let approval = Schemas.object(
        ["reason": Schemas.reason, "remedy": remedy], optional: ["remedy"])

    private static let rejection = Schemas.object(
        [
            "reason": Schemas.reason, "tracking_number": Schemas.string, "carrier": Schemas.string,
            "message": Schemas.customerMessage,
        ], optional: ["tracking_number", "carrier", "message"])

    private static let inspection = Schemas.object(
        ["finding": finding, "remedy": remedy, "note": Schemas.string], optional: ["remedy", "note"])

    private static let repair = Schemas.object(
        [
            "outcome": Schemas.oneOf(RecordRepair.Outcome.allCases.map(\.rawValue)), "note": Schemas.string,
            "tracking_number": Schemas.string, "carrier": Schemas.string,
        ], optional: ["note", "tracking_number", "carrier"])

    private static let claim = Schemas.object([
        "id": Schemas.id("wty"), "order_id": Schemas.nullableID("ord"), "registration_id": Schemas.nullableID("reg"),
        "return_id": Schemas.nullableID("ret"), "saga_id": Schemas.nullableID("sag"),
        "status": Schemas.oneOf(WarrantyStatus.allCases.map(\.rawValue)),
        "status_reason": Schemas.nullable(Schemas.reference("CodedMessage")), "line_id": Schemas.nullableString,
        "sku": Schemas.string, "title": Schemas.string, "quantity": Schemas.integer, "problem": Schemas.string,
        "description": Schemas.nullableString, "evidence": evidence, "wished_remedy": Schemas.nullable(remedy),
        "coverage": coverage, "remedy": Schemas.nullable(remedy), "finding": Schemas.nullable(finding),
        "repair": Schemas.nullable(repaired), "replacement": Schemas.nullable(replacement),
        "parcel": Schemas.nullable(parcel), "label": Schemas.nullable(ReturnSchemas.label),
        "refund": ReturnSchemas.refund, "review_due_at": Schemas.nullableTime, "received_at": Schemas.nullableTime,
        "created_at": Schemas.time, "updated_at": Schemas.time,
        "timeline": Schemas.array(Schemas.reference("Happening")),
    ])

    private static let coverage = Schemas.object([
        "outcome": Schemas.oneOf(WarrantyCoverage.Outcome.allCases.map(\.rawValue)), "plan": Schemas.nullableString,
        "starts_on": nullableDate, "ends_on": nullableDate, "covered": Schemas.nullable(Schemas.boolean),
        "reasons": Schemas.array(
            Schemas.object([
                "code": Schemas.oneOf(WarrantyReason.Code.allCases.map(\.rawValue)), "message": Schemas.string,
            ])),
        "remedies": Schemas.array(remedy), "terms_version": Schemas.integer,
    ])

    private static let repaired = Schemas.object([
        "outcome": Schemas.oneOf(RecordRepair.Outcome.allCases.map(\.rawValue)), "note": Schemas.nullableString,
    ])

    private static let replacement = Schemas.object([
        "draft_id": Schemas.string, "name": Schemas.nullableString, "shop_order_id": Schemas.nullableString,
        "order_id": Schemas.nullableID("ord"),
    ])

    private static let parcel = Schemas.object([
        "tracking_number": Schemas.string, "carrier": Schemas.nullableString,
    ])

    // MARK: Registrations

    private static let registrationRequest = Schemas.object(
        [
            "sku": Schemas.string, "serial": Schemas.string, "email": Schemas.string, "name": Schemas.string,
            "purchased_on": date, "order_id": Schemas.id("ord"), "proof": Schemas.reference("PurchaseProof"),
        ], optional: ["name", "order_id", "proof"])

    private static let proof = Schemas.object(
        [
            "kind": Schemas.oneOf(RegistrationRequest.Proof.Kind.allCases.map(\.rawValue)),
            "reference": Schemas.string, "retailer": Schemas.string, "url": Schemas.string,
        ], optional: ["reference", "retailer", "url"])

    private static let registration = Schemas.object([
        "id": Schemas.id("reg"), "sku": Schemas.string, "serial": Schemas.string, "email": Schemas.string,
        "name": Schemas.nullableString, "purchased_on": date, "order_id": Schemas.nullableID("ord"),
        "line_id": Schemas.nullableString, "proof": Schemas.nullable(Schemas.reference("PurchaseProof")),
        "status": Schemas.oneOf(RegistrationStatus.allCases.map(\.rawValue)),
        "status_reason": Schemas.nullableString, "created_at": Schemas.time, "updated_at": Schemas.time,
    ])

    // MARK: Terms

    private static let terms = Schemas.object(
        [
            "version": Schemas.integer, "currency": Schemas.nullable(Schemas.currency), "time_zone": Schemas.string,
            "plans": Schemas.array(plan), "review_sla": duration, "expiry": duration,
            "reminders": Schemas.array(duration),
        ], optional: ["version", "currency", "time_zone", "review_sla", "expiry", "reminders"])

    private static let plan = Schemas.object(
        [
            "id": Schemas.string, "skus": Schemas.strings, "term": term, "extended_term": Schemas.nullable(term),
            "anchor": Schemas.oneOf(WarrantyPlan.Anchor.allCases.map(\.rawValue)),
            "fallback": Schemas.oneOf(WarrantyPlan.Fallback.allCases.map(\.rawValue)), "covers": Schemas.strings,
            "excludes": Schemas.strings, "remedies": Schemas.array(remedy),
            "registration": Schemas.oneOf(WarrantyPlan.Registration.allCases.map(\.rawValue)),
            "evidence": Schemas.boolean, "comes_back": Schemas.boolean,
            "label": Schemas.oneOf(ReturnLabel.allCases.map(\.rawValue)),
            "approval_limit": Schemas.nullableDecimal, "claims_max": Schemas.nullableInteger,
        ],
        optional: [
            "skus", "extended_term", "anchor", "fallback", "excludes", "registration", "evidence", "comes_back",
            "label", "approval_limit", "claims_max",
        ])
}
