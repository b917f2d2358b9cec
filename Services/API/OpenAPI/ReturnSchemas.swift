import Commerce
import Contracts

/// Returns: what they are asked for with, and how they are shown.
enum ReturnSchemas {
    static let items: [JSON.Member] = [.init(name: "Return", value: record)]

    static let others: [JSON.Member] = [
        .init(name: "ReturnRequest", value: request), .init(name: "ReturnQuote", value: quote),
        .init(name: "ReturnReceipt", value: receipt), .init(name: "ReturnInspection", value: inspection),
        .init(name: "ReturnApproval", value: approval), .init(name: "ReturnRejection", value: rejection),
        .init(name: "HelpdeskTicket", value: helpdesk), .init(name: "SubscriptionReference", value: subscription),
        .init(name: "Happening", value: happening), .init(name: "LifeCycle", value: lifeCycle),
    ]

    private static let resolution = Schemas.oneOf(ReturnResolution.ofReturns.map(\.rawValue))
    /// Of the return that brings in the goods of a claim, too.
    private static let anyResolution = Schemas.oneOf(ReturnResolution.allCases.map(\.rawValue))
    private static let grade = Schemas.oneOf(GoodsGrade.allCases.map(\.rawValue))

    /// Of one line.
    private static let units: JSON = ["type": "integer", "minimum": 1, "maximum": .int(ReturnRequest.unitsMax)]

    private static let request = Schemas.object(
        [
            "order_id": Schemas.id("ord"), "order_number": Schemas.string, "email": Schemas.string,
            "lines": Schemas.array(
                Schemas.object(
                    [
                        "line_id": Schemas.string, "sku": Schemas.string, "quantity": units,
                        "reason": Schemas.string, "evidence": givenEvidence,
                    ], optional: ["line_id", "sku", "reason", "evidence"])),
            "resolution": resolution,
            "exchange_lines": Schemas.array(
                Schemas.object(["sku": Schemas.string, "quantity": units])),
            "cancel_subscription": Schemas.boolean,
            "subscription_action": Schemas.oneOf(SubscriptionAction.allCases.map(\.rawValue)),
            "helpdesk": Schemas.reference("HelpdeskTicket"),
            "subscription": Schemas.reference("SubscriptionReference"), "ship_from": address,
            "currency": Schemas.currency, "locale": Schemas.locale,
        ],
        optional: [
            "order_id", "order_number", "email", "resolution", "exchange_lines", "cancel_subscription",
            "subscription_action", "helpdesk", "subscription", "ship_from", "currency", "locale",
        ])

    private static let url: JSON = [
        "type": "string", "format": "uri", "maxLength": .int(PictureURL.bytesMax),
        "description": "https, without credentials; shown and never fetched.",
    ]
    private static let givenEvidence: JSON = [
        "type": "array", "maxItems": .int(ReturnRequest.evidenceMax),
        "description": "What is wrong with the goods; the policy says for which reasons it is required.",
        "items": [
            "anyOf": [url, Schemas.object(["url": url, "note": note], optional: ["note"])]
        ],
    ]
    private static let note: JSON = ["type": "string", "maxLength": .int(ReturnRequest.noteCharactersMax)]

    private static let helpdesk = Schemas.object(["provider": Schemas.string, "ticket_id": Schemas.string])
    private static let subscription = Schemas.object(
        [
            "provider": Schemas.string, "id": Schemas.string,
            "reason": [
                "type": "string",
                "description": "Why it is cancelled: at Recharge any words, at Stripe one of its feedbacks.",
            ],
            "comment": ["type": "string", "maxLength": .int(ReturnRequest.Subscription.commentCharactersMax)],
            "notify_customer": [
                "type": "boolean", "description": "Of Recharge: whether it mails the customer that it is cancelled.",
            ],
            "at": Schemas.oneOf(ReturnRequest.Subscription.Ending.allCases.map(\.rawValue)),
        ], optional: ["reason", "comment", "notify_customer", "at"])

    static let address = Schemas.object(
        [
            "name": Schemas.string, "company": Schemas.string, "street1": Schemas.string, "street2": Schemas.string,
            "city": Schemas.string, "region": Schemas.string, "postal_code": Schemas.string, "country": Schemas.string,
            "phone": Schemas.string,
        ], optional: ["name", "company", "street1", "street2", "city", "region", "postal_code", "phone"])

    private static let quote = Schemas.object([
        "lines": Schemas.array(
            Schemas.object([
                "line_id": Schemas.string, "sku": Schemas.string, "quantity": Schemas.integer,
                "eligible": Schemas.boolean, "reason": Schemas.string, "message": Schemas.string,
                "rule": Schemas.string,
            ])),
        "decision": Schemas.anyObject, "refund": Schemas.nullable(Schemas.reference("RefundCalculation")),
    ])

    private static let receipt = Schemas.object([
        "lines": Schemas.array(
            Schemas.object(
                [
                    "line_id": Schemas.string, "sku": Schemas.string, "quantity": units,
                    "state": Schemas.oneOf(ReceiveReturn.State.allCases.map(\.rawValue)),
                ], optional: ["line_id", "sku", "state"]))
    ])

    private static let inspection = Schemas.object([
        "lines": Schemas.array(
            Schemas.object(
                [
                    "line_id": Schemas.string, "sku": Schemas.string, "quantity": units,
                    "grade": ["type": "string", "description": "A to D, or good, fair, poor, damaged."],
                    "matched": Schemas.boolean, "checklist": answers,
                    "photos": ["type": "array", "maxItems": 10, "items": url],
                ], optional: ["line_id", "sku", "grade", "matched", "checklist", "photos"]))
    ])

    private static let approval = Schemas.object(
        [
            "reason": Schemas.reason, "message": Schemas.customerMessage,
            "lines": [
                "type": "array",
                "description": .string(
                    "What is kept of a return that nothing was done for yet: the rest leaves it, and the customer is "
                        + "told, with the message. All of it where left out."),
                "items": Schemas.object(
                    [
                        "line_id": Schemas.string, "sku": Schemas.string, "quantity": units,
                        "reason": [
                            "type": "string",
                            "description": "Of a line that comes back for several reasons: which of its units.",
                        ],
                    ], optional: ["line_id", "sku", "reason"]),
            ],
            "exchange_lines": [
                "type": "array",
                "description": .string(
                    "With the lines of an exchange: what the customer gets for what is kept, of what they asked for."),
                "items": Schemas.object(["sku": Schemas.string, "quantity": units]),
            ],
        ], optional: ["message", "lines", "exchange_lines"])

    private static let rejection = Schemas.object(
        ["reason": Schemas.reason, "message": Schemas.customerMessage], optional: ["message"])

    private static let answers: JSON = [
        "type": "object",
        "description": .string(
            "By the ids of the policy's inspection_checklist: whether what the item says holds. With a grade, every item "
                + "that is asked of the goods has to be answered."),
        "additionalProperties": [
            "anyOf": [
                Schemas.boolean, Schemas.object(["passed": Schemas.boolean, "note": note], optional: ["note"]),
            ]
        ],
    ]

    private static let record = Schemas.object([
        "id": Schemas.id("ret"), "order_id": Schemas.id("ord"), "ticket_id": Schemas.nullableID("tkt"),
        "warranty_id": Schemas.nullableID("wty"),
        "saga_id": Schemas.nullableID("sag"), "status": Schemas.oneOf(ReturnStatus.allCases.map(\.rawValue)),
        "status_reason": Schemas.nullable(Schemas.reference("CodedMessage")), "resolution": anyResolution,
        "lines": Schemas.array(line), "declined": Schemas.array(declined),
        "extras": Schemas.array(Schemas.object(["sku": Schemas.string, "quantity": Schemas.integer])),
        "inspections": Schemas.array(found),
        "label": Schemas.nullable(label), "decision": decision, "refund": refund, "external_ids": Schemas.texts,
        "review_due_at": Schemas.nullableTime, "received_at": Schemas.nullableTime, "created_at": Schemas.time,
        "updated_at": Schemas.time, "timeline": Schemas.array(Schemas.reference("Happening")),
    ])

    private static let line = Schemas.object([
        "line_id": Schemas.string, "sku": Schemas.string, "title": Schemas.string, "quantity": Schemas.integer,
        "reason": Schemas.nullableString,
        "evidence": Schemas.array(Schemas.object(["url": url, "note": Schemas.nullableString])),
        "received": Schemas.integer, "grade": Schemas.nullable(grade),
        "matched": Schemas.nullable(Schemas.boolean),
        "units": Schemas.array(
            Schemas.object([
                "unit": Schemas.integer,
                "state": Schemas.oneOf(["expected", "kept", "received", "damaged", "missing", "wrong_item"]),
                "grade": Schemas.nullable(grade), "matched": Schemas.nullable(Schemas.boolean),
                "checklist": Schemas.nullable(Schemas.oneOf(ChecklistState.allCases.map(\.rawValue))),
            ])),
    ])

    /// What a person did not accept when they approved the rest.
    private static let declined = Schemas.object([
        "line_id": Schemas.string, "sku": Schemas.string, "title": Schemas.string, "quantity": Schemas.integer,
        "reason": Schemas.nullableString, "message": Schemas.nullableString,
    ])

    /// An inspection with answers or photos.
    private static let found = Schemas.object([
        "at": Schemas.time, "actor": Schemas.string, "line_id": Schemas.string,
        "units": Schemas.array(Schemas.integer), "grade": Schemas.nullable(grade),
        "matched": Schemas.nullable(Schemas.boolean),
        "checklist": Schemas.array(
            Schemas.object([
                "id": Schemas.string, "text": Schemas.string, "passed": Schemas.boolean,
                "note": Schemas.nullableString,
            ])),
        "photos": Schemas.array(url),
    ])

    static let label = Schemas.object(
        [
            "carrier": Schemas.string, "service": Schemas.string, "tracking_number": Schemas.string,
            "country": Schemas.string, "url": Schemas.nullableString, "voided": Schemas.boolean,
            "paperless": paperless,
        ], optional: ["paperless"])

    private static let paperless = Schemas.object([
        "picture": Schemas.boolean, "code": Schemas.nullableString, "instructions": Schemas.nullableString,
        "missing": Schemas.nullableString,
    ]).adding([
        .init(
            name: "description",
            value: .string(
                "Where a code in the place of paper was asked for: whether the customer has its picture, the code for the "
                    + "counter, what to do, or why there is nothing but the label."))
    ])

    private static let decision = Schemas.object([
        "outcome": Schemas.oneOf(ReturnDecision.Outcome.allCases.map(\.rawValue)), "rule": Schemas.string,
        "reasons": Schemas.array(
            Schemas.object(["code": Schemas.string, "message": Schemas.string, "rule": Schemas.string])),
        "policy_version": Schemas.integer,
    ])

    static let refund = Schemas.object([
        "id": Schemas.nullableID("rfd"), "status": Schemas.oneOf(["none"] + RefundStatus.allCases.map(\.rawValue)),
        "amount": Schemas.nullableDecimal, "currency": Schemas.nullableString, "bonus": Schemas.nullableDecimal,
        "error": Schemas.nullable(Schemas.reference("CodedMessage")),
        "lines": Schemas.array(
            Schemas.object(["line_id": Schemas.string, "quantity": Schemas.integer, "amount": Schemas.decimal])),
        "fees": Schemas.array(
            Schemas.object(["kind": Schemas.oneOf(["restocking", "return_shipping"]), "amount": Schemas.decimal])),
        "tenders": Schemas.array(Schemas.object(["id": Schemas.string, "amount": Schemas.decimal])),
    ])

    private static let lifeCycle = Schemas.object([
        "initial": Schemas.string,
        "statuses": Schemas.array(
            Schemas.object([
                "name": Schemas.string, "meaning": Schemas.string, "final": Schemas.boolean,
                "words": [
                    "type": "object", "additionalProperties": Schemas.strings,
                    "description": "What others call it, by who they are, the usual word first.",
                ],
            ])),
        "transitions": [
            "type": "array", "description": "What is not listed is refused.",
            "items": Schemas.object([
                "from": Schemas.string, "event": Schemas.string, "to": Schemas.string,
                "by": Schemas.array(Schemas.oneOf(LifeCycleActor.allCases.map(\.rawValue))),
            ]),
        ],
    ])

    private static let happening = Schemas.object([
        "at": Schemas.time, "type": Schemas.string, "actor": Schemas.string, "summary": Schemas.string,
        "external_ref": Schemas.nullableString,
    ])
}
