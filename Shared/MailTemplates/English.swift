import Commerce

/// The mails in English.
enum English {
    static func template(_ name: MailName) -> MailTemplate {
        let (subject, text) = words(name)
        return MailTemplate(subject: subject, text: greeting + text + goodbye)
    }

    private static let greeting = "Hello{{#customer_name}} {{customer_name}}{{/customer_name}},\n\n"
    private static let goodbye = "{{#shop_name}}\n\n{{shop_name}}{{/shop_name}}"
    private static let lines = "\n\n{{#lines}}- {{quantity}} × {{title}}\n{{/lines}}"

    private static func words(_ name: MailName) -> (subject: String, text: String) {
        switch name {
        case .returnInReview:
            (
                "We are looking at your return for order {{order_number}}",
                "we have received your request to return:\(lines)\n\nSomebody is looking at it. You will hear from us."
            )
        case .returnLabel:
            (
                "Your return label for order {{order_number}}",
                """
                your return {{return_number}} is approved:\(lines)

                The label is attached. Print it, put it on the parcel and hand it to {{carrier}}.{{#tracking_number}} \
                Its tracking number is {{tracking_number}}.{{/tracking_number}}{{#link}}

                {{link}}{{/link}}
                """
            )
        case .returnReminder:
            (
                "Your return for order {{order_number}} is still open",
                """
                we have not received your return {{return_number}} yet. The label is valid until {{date}}.{{#link}}

                {{link}}{{/link}}
                """
            )
        case .returnReceived:
            (
                "Your return for order {{order_number}} has arrived",
                "your parcel is here:\(lines)\n\nWe are looking at it and will then refund you."
            )
        case .returnRefunded:
            (
                "Your refund for order {{order_number}}",
                """
                we have refunded {{amount}} {{currency}} to the payment you used. Your bank may take a few days to \
                show it.
                """
            )
        case .returnRejected:
            (
                "About your return for order {{order_number}}",
                "we cannot take your return:\(lines)\n\n{{reason}}"
            )
        case .returnCancelled:
            (
                "Your return for order {{order_number}} is cancelled",
                """
                your return {{return_number}} is cancelled, and its label is no longer valid.{{#reason}}

                {{reason}}{{/reason}}
                """
            )
        case .returnExpired:
            (
                "Your return for order {{order_number}} has expired",
                "your return {{return_number}} has not reached us until {{date}}. Its label is no longer valid."
            )
        }
    }
}
