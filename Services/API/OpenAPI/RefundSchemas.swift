import Commerce

/// What the refund calculation takes and gives. Amounts are decimal strings in the currency's digits.
enum RefundSchemas {
    static let items: [JSON.Member] = [
        .init(name: "RefundRequest", value: request), .init(name: "RefundCalculation", value: calculation),
        .init(name: "StoredRefundCalculation", value: storedCalculation),
        .init(name: "OrderRefund", value: orderRefund), .init(name: "Refund", value: refund),
        .init(name: "RefundExplanation", value: explanation), .init(name: "Ledger", value: ledger),
        .init(name: "ReturnPolicy", value: PolicySchema.value), .init(name: "ReturnVocabulary", value: vocabulary),
        .init(name: "AcceptedReturnPolicy", value: acceptedPolicy),
    ]

    private static let acceptedPolicy = Schemas.anyObject.adding([
        .init(
            name: "properties",
            value: [
                "warnings": Schemas.array(
                    Schemas.object([
                        "code": Schemas.string, "rule": Schemas.nullableString, "field": Schemas.string,
                        "message": Schemas.string,
                    ]))
            ])
    ])

    private static let vocabulary = Schemas.object([
        "conditions": Schemas.array(
            Schemas.object(
                [
                    "name": Schemas.string, "group": Schemas.oneOf(ConditionField.Group.allCases.map(\.rawValue)),
                    "operators": Schemas.array(Schemas.oneOf(ConditionOperator.allCases.map(\.rawValue))),
                    "value": Schemas.string, "choices": Schemas.strings, "of_line": Schemas.boolean,
                    "told": Schemas.boolean, "meaning": Schemas.string,
                ], optional: ["choices"])),
        "actions": Schemas.array(
            Schemas.object([
                "name": Schemas.string, "group": Schemas.oneOf(ActionType.Group.allCases.map(\.rawValue)),
                "value": Schemas.string, "of_line": Schemas.boolean, "restrictive": Schemas.boolean,
                "meaning": Schemas.string,
            ])),
    ])

    private static let orderRefund = Schemas.object(
        [
            "lines": Schemas.array(returned), "amount": Schemas.decimal, "reason": Schemas.reason, "policy": policy,
            "resolution": resolution,
        ], optional: ["lines", "amount", "policy", "resolution"])

    /// Where the money goes.
    private static let resolution = Schemas.oneOf(
        [ReturnResolution.originalPayment, .storeCredit].map(\.rawValue))

    private static let refund = Schemas.object([
        "id": Schemas.id("rfd"), "order_id": Schemas.id("ord"), "return_id": Schemas.nullableID("ret"),
        "status": Schemas.oneOf(RefundStatus.allCases.map(\.rawValue)),
        "amount": Schemas.decimal, "currency": Schemas.currency,
        "books": Schemas.nullable(
            Schemas.object(["amount": Schemas.decimal, "currency": Schemas.currency])),
        "resolution": resolution,
        "reason": Schemas.nullableString,
        "calculation": Schemas.nullable(Schemas.reference("StoredRefundCalculation")),
        "provider": Schemas.nullableString, "external_id": Schemas.nullableString,
        "error": Schemas.nullable(Schemas.anyObject), "effect": Schemas.nullable(Schemas.reference("Effect")),
        "created_at": Schemas.time, "updated_at": Schemas.time,
    ])

    private static let explanation = Schemas.object(
        [
            "amount": Schemas.decimal, "currency": Schemas.currency, "text": Schemas.string,
            "derivation": Schemas.anyObject,
        ], optional: ["derivation"])

    private static let ledger = Schemas.object([
        "postings": Schemas.array(
            Schemas.object([
                "at": Schemas.time, "account": Schemas.string, "tender": Schemas.nullableID("tnd"),
                "debit": Schemas.decimal, "credit": Schemas.decimal, "cause": Schemas.string, "kind": Schemas.string,
            ])),
        "tenders": Schemas.array(
            Schemas.object([
                "id": Schemas.id("tnd"), "kind": Schemas.string, "captured": Schemas.decimal,
                "refunded": Schemas.decimal, "pending": Schemas.decimal, "disputed_by": Schemas.nullableString,
            ])),
        "exchanged": Schemas.decimal.adding([
            .init(
                name: "description",
                value: "What goods of exchanges take of what the payments have left: so much less can be refunded.")
        ]),
    ])

    private static let request = Schemas.object(
        [
            "currency": Schemas.currency, "order": order, "already_returned": Schemas.array(count),
            "return": Schemas.object(["lines": Schemas.array(returned)]),
            "exchange": Schemas.object(["lines": Schemas.array(exchanged)]), "policy": policy,
        ], optional: ["already_returned", "exchange", "policy"])

    private static let order = Schemas.object([
        "taxes_included": Schemas.boolean,
        "lines": Schemas.array(
            Schemas.object(
                [
                    "id": Schemas.string, "sku": Schemas.string, "quantity": Schemas.integer,
                    "unit_price": Schemas.decimal, "discount": Schemas.decimal, "tax": Schemas.decimal,
                ], optional: ["sku"])),
        "shipping": Schemas.object([
            "amount": Schemas.decimal, "tax": Schemas.decimal, "refunded": Schemas.decimal,
        ]),
        "tenders": Schemas.array(
            Schemas.object([
                "id": Schemas.string, "kind": Schemas.string, "captured": Schemas.decimal,
                "refunded": Schemas.decimal, "pending": Schemas.decimal,
            ])),
    ])

    private static let count = Schemas.object(
        ["line_id": Schemas.string, "quantity": Schemas.integer, "kept": kept], optional: ["kept"])

    private static let returned = Schemas.object(
        [
            "line_id": Schemas.string, "quantity": Schemas.integer, "grade": Schemas.string,
            "reason": Schemas.string,
            "fees_waived_by": [
                "type": "string", "maxLength": .int(RefundLimits.nameCharactersMax),
                "description": "What spares the line all fees, e.g. 'rule vip'.",
            ],
            "kept": kept,
        ], optional: ["grade", "reason", "fees_waived_by", "kept"])

    private static let kept: JSON = {
        let by: JSON = [
            "type": "string", "maxLength": .int(RefundLimits.nameCharactersMax),
            "description": "What decided it, e.g. 'rule cheap-items'.",
        ]
        return Schemas.object(
            ["percent": Schemas.decimal, "by": by], optional: ["by"]
        ).adding([
            .init(
                name: "description",
                value: "The goods do not come back; this percentage of their price, with its tax, is refunded.")
        ])
    }()

    private static let exchanged = Schemas.object([
        "sku": Schemas.string, "quantity": Schemas.integer, "amount": Schemas.decimal, "tax": Schemas.decimal,
    ])

    private static let policy = Schemas.object(
        [
            "restocking_fee_percent": Schemas.decimal, "restocking_fee_base": Schemas.oneOf(["net", "gross"]),
            "restocking_fee_taxed": Schemas.boolean, "return_shipping_fee": Schemas.decimal,
            "original_shipping": Schemas.oneOf(["never", "always", "full_return", "pro_rata"]),
            "grades": ["type": "object", "additionalProperties": Schemas.decimal],
            "fee_waived_reasons": Schemas.strings,
            "tender_order": ["anyOf": [Schemas.oneOf(["proportional"]), Schemas.strings]],
        ],
        optional: [
            "restocking_fee_percent", "restocking_fee_base", "restocking_fee_taxed", "return_shipping_fee",
            "original_shipping", "grades", "fee_waived_reasons", "tender_order",
        ])

    private static let givenBefore = Schemas.decimal.adding([
        .init(
            name: "description",
            value: "What earlier refunds of the same goods gave before they failed with another payment.")
    ])

    private static let bonus = Schemas.decimal.adding([
        .init(
            name: "description",
            value: "What is added to a refund that is taken as store credit, and given by none of the tenders.")
    ])

    private static let shippingTax = Schemas.decimal.adding([
        .init(name: "description", value: "What of the shipping refund is its tax; left out where shipping had none.")
    ])

    private static let calculation = Schemas.object(
        [
            "currency": Schemas.currency,
            "lines": Schemas.array(
                Schemas.object(
                    [
                        "line_id": Schemas.string, "quantity": Schemas.integer, "net": Schemas.decimal,
                        "tax": Schemas.decimal, "grade_deduction": Schemas.decimal,
                        "kept_deduction": Schemas.decimal, "restocking_fee": Schemas.decimal,
                        "amount": Schemas.decimal,
                    ], optional: ["kept_deduction"])),
            "shipping_refund": Schemas.decimal, "return_shipping_fee": Schemas.decimal,
            "exchange_total": Schemas.decimal, "given_before": givenBefore, "total": Schemas.decimal,
            "unrecovered_fees": Schemas.decimal, "capped": Schemas.decimal, "amount_due": Schemas.decimal,
            "store_credit_bonus": bonus,
            "tenders": Schemas.array(Schemas.object(["id": Schemas.string, "amount": Schemas.decimal])),
            "derivation": Schemas.anyObject,
        ], optional: ["given_before", "store_credit_bonus"])

    private static let storedCalculation: JSON = [
        "allOf": [
            Schemas.reference("RefundCalculation"),
            Schemas.object(["shipping_refund_tax": shippingTax], optional: ["shipping_refund_tax"]),
        ]
    ]
}
