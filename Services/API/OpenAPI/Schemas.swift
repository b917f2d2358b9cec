/// The schemas of everything the API takes and gives.
enum Schemas {
    static var all: [JSON.Member] {
        let items =
            OrderSchemas.items + SagaSchemas.items + RecordSchemas.items + WebhookSchemas.items
            + RefundSchemas.items + ReturnSchemas.items + BlindReceiptSchemas.items + TicketSchemas.items
            + WarrantySchemas.items
        let lists = items.filter { listed.contains($0.name) }.map { item in
            JSON.Member(name: "\(item.name)List", value: list(of: item.name))
        }
        return items + lists + OrderSchemas.others + SagaSchemas.others + RecordSchemas.others
            + WebhookSchemas.others + ReturnSchemas.others + BlindReceiptSchemas.others + TicketSchemas.others
            + WarrantySchemas.others
    }

    private static let listed: Set<String> = [
        "Order", "Saga", "SagaCount", "Mail", "Received", "DeadLetter", "Key", "AuditEntry", "Schedule", "Webhook",
        "Delivery", "Email", "EmailTemplate", "Alert", "Refund", "Return", "BlindReceipt", "Ticket", "Warranty",
        "Registration",
    ]

    static func reference(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }

    /// An object all of whose members are always there, unless said otherwise.
    static func object(_ members: KeyValuePairs<String, JSON>, optional: Set<String> = []) -> JSON {
        [
            "type": "object",
            "required": .strings(members.map(\.key).filter { !optional.contains($0) }),
            "properties": .object(members.map { .init(name: $0.key, value: $0.value) }),
        ]
    }

    /// The object with further members.
    static func extending(
        _ name: String, _ members: KeyValuePairs<String, JSON>, optional: Set<String> = []
    ) -> JSON {
        ["allOf": [reference(name), object(members, optional: optional)]]
    }

    private static func list(of name: String) -> JSON {
        object(["data": array(reference(name)), "next_cursor": nullableString])
    }

    static func array(_ items: JSON) -> JSON { ["type": "array", "items": items] }
    static func nullable(_ schema: JSON) -> JSON { ["anyOf": [schema, ["type": "null"]]] }
    static func oneOf(_ values: some Sequence<String>) -> JSON { ["type": "string", "enum": .strings(values)] }
    static func id(_ prefix: String) -> JSON { ["type": "string", "pattern": .string("^\(prefix)_[0-9a-f]{32}$")] }
    static func nullableID(_ prefix: String) -> JSON {
        ["type": ["string", "null"], "pattern": .string("^\(prefix)_[0-9a-f]{32}$")]
    }

    static let reason: JSON = ["type": "string", "minLength": 1]
    static let customerMessage: JSON = [
        "type": "string", "maxLength": .int(CustomerMessage.charactersMax),
        "description": "What the customer is told by mail and on the ticket; the reason stays in timeline and audit.",
    ]
    static let string: JSON = ["type": "string"]
    static let nullableString: JSON = ["type": ["string", "null"]]
    static let integer: JSON = ["type": "integer"]
    static let boolean: JSON = ["type": "boolean"]
    static let strings: JSON = ["type": "array", "items": ["type": "string"]]
    static let time: JSON = ["type": "string", "format": "date-time"]
    static let nullableInteger: JSON = ["type": ["integer", "null"]]
    static let nullableTime: JSON = ["type": ["string", "null"], "format": "date-time"]
    static let texts: JSON = ["type": "object", "additionalProperties": ["type": "string"]]
    static let anyObject: JSON = ["type": "object"]
    static let anyValue: JSON = [:]
    static let quantity: JSON = ["type": "integer", "minimum": 1]
    static let decimal: JSON = ["type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"]
    static let nullableDecimal: JSON = ["type": ["string", "null"], "pattern": "^-?[0-9]+(\\.[0-9]+)?$"]
    static let locale: JSON = [
        "type": "string", "maxLength": 12,
        "description": "The language the customer is written to in, e.g. fr or fr-CA; the order's when left out.",
    ]
    static let currency: JSON = ["type": "string", "description": "ISO 4217, e.g. USD."]
}
