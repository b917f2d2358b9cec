import Commerce
import Contracts

/// Outgoing webhooks (endpoints and deliveries), mails to customers and alerts.
enum WebhookSchemas {
    static let items: [JSON.Member] = [
        .init(name: "Webhook", value: webhook), .init(name: "Delivery", value: delivery),
        .init(name: "Email", value: email), .init(name: "EmailTemplate", value: emailTemplate),
        .init(name: "Alert", value: alert),
    ]

    static let others: [JSON.Member] = [
        .init(name: "WebhookCreation", value: creation), .init(name: "WebhookChange", value: change),
        .init(name: "EmailTemplateWords", value: emailTemplateWords),
        .init(name: "EmailResend", value: emailResend),
        .init(
            name: "EmailsResent", value: Schemas.object(["resent": Schemas.integer, "more": Schemas.boolean])),
        .init(name: "WebhookWithSecret", value: withSecret), .init(name: "DeliveryDetail", value: deliveryDetail),
        .init(name: "Resend", value: resend),
        .init(name: "Resent", value: Schemas.object(["resent": Schemas.integer, "more": Schemas.boolean])),
    ]

    private static let events = Schemas.array(Schemas.oneOf(PublicEvent.allCases.map(\.rawValue)))
    private static let url: JSON = ["type": "string", "format": "uri", "maxLength": 2048]
    private static let status = Schemas.oneOf(DeliveryReader.statuses)

    private static let creation = Schemas.object(
        [
            "url": url, "events": events, "ordered": Schemas.boolean, "description": Schemas.string,
            "reason": Schemas.reason,
        ], optional: ["ordered", "description", "reason"])

    private static let change = Schemas.object(
        [
            "url": url, "events": events, "ordered": Schemas.boolean, "description": Schemas.string,
            "reason": Schemas.reason,
        ], optional: ["url", "events", "ordered", "description", "reason"])

    private static let webhook = Schemas.object([
        "id": Schemas.id("whe"), "url": url, "description": Schemas.nullableString, "events": events,
        "ordered": Schemas.boolean, "status": Schemas.oneOf(["active", "paused", "disabled"]),
        "status_reason": Schemas.nullableString, "failing_since": Schemas.nullableTime, "failures": Schemas.integer,
        "warned_percent": Schemas.integer, "created_at": Schemas.time, "updated_at": Schemas.time,
    ])

    private static let withSecret = Schemas.extending("Webhook", ["secret": Schemas.nullableString])

    private static let delivery = Schemas.object([
        "id": Schemas.id("dlv"), "webhook_id": Schemas.id("whe"), "event_id": Schemas.string, "type": Schemas.string,
        "subject": Schemas.string, "status": status, "test": Schemas.boolean, "attempts": Schemas.integer,
        "next_attempt_at": Schemas.nullableTime, "last_status": Schemas.nullableInteger,
        "last_error": Schemas.nullableString, "occurred_at": Schemas.time, "created_at": Schemas.time,
        "finished_at": Schemas.nullableTime,
    ])

    private static let deliveryDetail = Schemas.extending(
        "Delivery",
        [
            "payload": Schemas.anyObject,
            "attempt_log": Schemas.array(
                Schemas.object([
                    "attempt": Schemas.integer, "at": Schemas.time, "status": Schemas.nullableInteger,
                    "latency_ms": Schemas.integer, "error": Schemas.nullableString, "answer": answer,
                ])),
        ])

    private static let answer = Schemas.nullableString.adding([
        .init(name: "description", value: "The beginning of the answer to a call that was taken; null for all others.")
    ])

    private static let resend = Schemas.object(
        [
            "since": Schemas.time, "until": Schemas.time, "status": status, "type": Schemas.string,
            "subject": Schemas.string, "reason": Schemas.reason,
        ], optional: ["until", "status", "type", "subject", "reason"])

    private static let email = Schemas.object([
        "id": Schemas.id("eml"), "message_key": Schemas.string, "template": Schemas.string, "locale": Schemas.string,
        "subject": Schemas.string, "order_id": Schemas.nullableID("ord"), "recipient": Schemas.nullableString,
        "status": Schemas.oneOf(EmailReader.statuses), "attempts": Schemas.integer, "title": Schemas.nullableString,
        "text": Schemas.nullableString, "server_answer": Schemas.nullableString,
        "error": Schemas.nullable(Schemas.anyObject), "created_at": Schemas.time, "updated_at": Schemas.time,
    ])

    private static let emailResend = Schemas.object(
        [
            "since": Schemas.time, "until": Schemas.time, "template": Schemas.oneOf(MailName.allCases.map(\.rawValue)),
            "reason": ["type": "string", "minLength": 1],
        ], optional: ["until", "template"])

    private static let emailTemplateWords = Schemas.object(
        [
            "locale": Schemas.string, "enabled": Schemas.boolean, "subject": Schemas.nullableString,
            "text": Schemas.nullableString, "html": Schemas.nullableString,
        ], optional: ["enabled", "subject", "text", "html"])

    private static let emailTemplate = Schemas.object([
        "template": Schemas.string, "locale": Schemas.string, "enabled": Schemas.boolean,
        "subject": Schemas.nullableString, "text": Schemas.nullableString, "html": Schemas.nullableString,
        "updated_at": Schemas.time,
    ])

    private static let alert = Schemas.object([
        "id": Schemas.id("alr"), "at": Schemas.time, "key": Schemas.string, "title": Schemas.string,
        "text": Schemas.string, "fields": Schemas.texts,
        "next": Schemas.strings.adding([
            .init(name: "description", value: "Calls of the command line to go on with, in their order.")
        ]),
        "link": Schemas.nullableString, "status": Schemas.oneOf(AlertReader.statuses),
    ])
}
