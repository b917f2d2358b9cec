import Commerce

/// Tickets: what they are opened and changed with, and how they are shown.
enum TicketSchemas {
    static let items: [JSON.Member] = [.init(name: "Ticket", value: ticket)]

    static let others: [JSON.Member] = [
        .init(name: "TicketCreation", value: creation), .init(name: "TicketChange", value: change),
    ]

    private static let subject: JSON = ["type": "string", "minLength": 1, "maxLength": 500]
    private static let email: JSON = [
        "type": "string", "minLength": 1, "maxLength": 320,
        "description": "An e-mail address; what a helpdesk has masked is kept as it is.",
    ]
    private static let status = Schemas.oneOf(TicketStatus.allCases.map(\.rawValue))

    private static let customFields: JSON = [
        "type": "object",
        "description": .string(
            "Any members, together at most 64 KiB. Of a return: order_id (our id, the shop's number, or an id elsewhere), "
                + "return_reason, items_to_return (a SKU for each unit), resolution (original_payment, store_credit, "
                + "exchange; with that, exchange_items, a SKU for each unit that is wanted instead), evidence (https "
                + "URLs), condition; with it, where the policy asks a checklist of the goods, checklist and photos."),
    ]

    private static let creation = Schemas.object(
        [
            "subject": subject, "customer_email": email, "status": status, "custom_fields": customFields,
            "helpdesk": Schemas.reference("HelpdeskTicket"), "subscription": Schemas.reference("SubscriptionReference"),
        ], optional: ["status", "custom_fields", "helpdesk", "subscription"])

    private static let change = Schemas.object(
        ["subject": subject, "status": status, "custom_fields": customFields],
        optional: ["subject", "status", "custom_fields"])

    private static let ticket = Schemas.object([
        "id": Schemas.id("tkt"), "subject": subject, "customer_email": email, "status": status,
        "custom_fields": Schemas.anyObject,
        "flags": Schemas.array(Schemas.object(["code": Schemas.string, "message": Schemas.string])),
        "return_id": Schemas.nullableID("ret"), "created_at": Schemas.time, "updated_at": Schemas.time,
    ])
}
