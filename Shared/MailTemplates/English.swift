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
    /// Goods of a return that are not sent back.
    private static let kept = "{{#kept}}\n\nPlease keep: {{kept}}; it need not come back.{{/kept}}"
    private static let until =
        "{{#date}} Please send your parcel by {{date}}.{{/date}}{{#attached}} The label is attached.{{/attached}}"
    /// What became of the subscription that the goods came from.
    private static let subscription =
        "{{#subscription_cancelled}}\n\nThe subscription of the goods is cancelled.{{/subscription_cancelled}}"
        + "{{#subscription_ends}}\n\nThe subscription of the goods ends with the period you have paid."
        + "{{/subscription_ends}}"
        + "{{#skipped_charge}}\n\nThe charge of the subscription on {{skipped_charge}} is skipped.{{/skipped_charge}}"
        + "{{#paused_until}}\n\nThe subscription of the goods is paused and charged again on {{paused_until}}."
        + "{{/paused_until}}"
    /// A label that the carrier did not take back may still be used.
    private static let unusedLabel = """
        {{#voided}} Its label is no longer valid.{{/voided}}{{^voided}}{{#carrier}} Please do not use its label any more.\
        {{/carrier}}{{/voided}}
        """
    private static let otherLabel = "{{#replaces}} Please do not use the label we sent you before.{{/replaces}}"
    /// What does in the place of a printer.
    private static let paperless =
        "{{#paperless}} Without a printer, show the attached code where you hand it in.{{/paperless}}"
        + "{{#handoff_code}} The code for handing it in is {{handoff_code}}.{{/handoff_code}}"
        + "{{#instructions}} {{instructions}}{{/instructions}}"
    /// Goods that were bought elsewhere have no order.
    private static let ofOrder = "{{#order_number}} (order {{order_number}}){{/order_number}}"

    private static func words(_ name: MailName) -> (subject: String, text: String) {
        switch name {
        case .returnInReview:
            (
                "We are looking at your return for order {{order_number}}",
                """
                {{#goods_here}}your parcel is here, and somebody is looking at the goods. You will hear from \
                us.{{/goods_here}}{{#parcel_lost}}your parcel is on its way for longer than it should be. Somebody is \
                looking for it. You will hear from us.{{/parcel_lost}}\
                {{^goods_here}}{{^parcel_lost}}we have received your request to return:\(lines)

                Somebody is looking at it. You will hear from us.{{/parcel_lost}}{{/goods_here}}
                """
            )
        case .returnLabel:
            (
                "Your return{{#attached}} label{{/attached}} for order {{order_number}}",
                """
                your return {{return_number}} is approved. Please send back:\(lines)\(kept)

                {{#attached}}The label is attached. Print it and put it on the parcel{{#carrier}}, and hand it to \
                {{carrier}}{{/carrier}}.{{/attached}}\(paperless)\
                {{^attached}}{{^carrier}}Please send the parcel with a carrier of your choice, with the number of your return on it.{{/carrier}}{{/attached}}{{#tracking_number}} \
                Its tracking number is {{tracking_number}}.{{/tracking_number}}\(otherLabel){{#link}}

                {{link}}{{/link}}
                """
            )
        case .returnReminder:
            (
                "Your return for order {{order_number}} is still open",
                """
                we have not received your return {{return_number}} yet.\(until){{#link}}

                {{link}}{{/link}}
                """
            )
        case .returnReceived:
            (
                "Your return for order {{order_number}} has arrived",
                """
                your parcel is here.

                {{#lines}}We received {{quantity}} × {{title}}.
                {{/lines}}

                We look at it now and tell you what comes of it.
                """
            )
        case .returnRefunded:
            (
                "Your refund for order {{order_number}}",
                """
                we have refunded {{amount}} {{currency}}{{#store_credit}} as store credit.{{/store_credit}}\
                {{^store_credit}} to the payment you used. Your bank may take a few days to show it.{{/store_credit}}\
                {{#bonus}} We have added a bonus of {{bonus}} {{currency}}.{{/bonus}}\(subscription)
                """
            )
        case .returnBonus:
            (
                "A bonus for your return of order {{order_number}}",
                """
                we have added a bonus{{#bonus}} of {{bonus}} {{currency}}{{/bonus}} to your store credit for your return \
                {{return_number}}.
                """
            )
        case .returnExchanged:
            (
                "Your exchange for order {{order_number}}",
                """
                the new goods for your return {{return_number}} are ordered.\(subscription)
                """
            )
        case .returnRejected:
            (
                "About your return for order {{order_number}}",
                "we cannot take your return:\(lines){{#reason}}\n\n{{reason}}{{/reason}}\(subscription)"
            )
        case .returnCancelled:
            (
                "Your return for order {{order_number}} is cancelled",
                """
                your return {{return_number}} is cancelled.\(unusedLabel){{#reason}}

                {{reason}}{{/reason}}\(subscription)
                """
            )
        case .returnExpired:
            (
                "Your return for order {{order_number}} has expired",
                """
                your return {{return_number}} has not reached us{{#date}} by {{date}}{{/date}}, and has ended.\
                \(unusedLabel)\(subscription)
                """
            )
        case .returnUnrefunded:
            (
                "About your return for order {{order_number}}",
                """
                your return {{return_number}} is done:\(lines)

                Nothing of its price is given back.{{#reason}}

                {{reason}}{{/reason}}\(subscription)
                """
            )
        case .returnPartlyApproved:
            (
                "About your return for order {{order_number}}",
                """
                a part of your return {{return_number}} is approved, and you hear more about it from us. \
                We cannot take back:\(lines){{#reason}}

                {{reason}}{{/reason}}
                """
            )
        case .warrantyInReview:
            (
                "We are looking at your warranty claim\(ofOrder)",
                "we have received your claim {{return_number}}:\(lines)\n\nSomebody is looking at it. You will hear from us."
            )
        case .warrantyApproved:
            (
                "Your warranty claim\(ofOrder) is approved",
                """
                your claim {{return_number}} is approved. Please send in:\(lines)

                {{#carrier}}The label is attached. Print it, put it on the parcel and hand it to {{carrier}}.{{/carrier}}\
                \(paperless){{#tracking_number}} Its tracking number is {{tracking_number}}.{{/tracking_number}}\
                \(otherLabel){{#link}}

                {{link}}{{/link}}
                """
            )
        case .warrantyReminder:
            (
                "Your warranty claim\(ofOrder) is still open",
                """
                we have not received the goods of your claim {{return_number}} yet.\(until){{#link}}

                {{link}}{{/link}}
                """
            )
        case .warrantyRejected:
            (
                "About your warranty claim\(ofOrder)",
                """
                we cannot accept your claim {{return_number}}:\(lines){{#reason}}

                {{reason}}{{/reason}}{{#tracking_number}}

                Your goods are on their way back to you{{#carrier}} with {{carrier}}{{/carrier}}. Their tracking number \
                is {{tracking_number}}.{{/tracking_number}}
                """
            )
        case .warrantyCancelled:
            (
                "Your warranty claim\(ofOrder) is cancelled",
                """
                your claim {{return_number}} is cancelled.\(unusedLabel){{#reason}}

                {{reason}}{{/reason}}
                """
            )
        case .warrantyExpired:
            (
                "Your warranty claim\(ofOrder) has expired",
                """
                the goods of your claim {{return_number}} have not reached us{{#date}} by {{date}}{{/date}}, and it has \
                ended.\(unusedLabel)
                """
            )
        case .warrantyRepaired:
            (
                "Your goods are repaired\(ofOrder)",
                """
                your goods are repaired and on their way back to you:\(lines){{#tracking_number}}

                {{#carrier}}They travel with {{carrier}}. {{/carrier}}Their tracking number is {{tracking_number}}.\
                {{/tracking_number}}
                """
            )
        case .warrantyReplaced:
            (
                "Your new goods are ordered\(ofOrder)",
                "we replace your goods at no charge:\(lines)\n\nYou will hear from us as soon as they leave."
            )
        case .webhookFailing:
            (
                "A webhook endpoint keeps failing",
                """
                every call of your webhook endpoint fails{{#link}}: {{link}}{{/link}}

                {{#date}}It is switched off on {{date}} unless it takes an event before.{{/date}}
                """
            )
        case .webhookDisabled:
            (
                "A webhook endpoint was switched off",
                """
                your webhook endpoint was switched off{{#link}}: {{link}}{{/link}}{{#reason}}

                {{reason}}{{/reason}}

                What happens from now on is not delivered to it: resend what it has missed, then resume it.
                """
            )
        case .webhookRecovered:
            (
                "A webhook endpoint has recovered",
                """
                your webhook endpoint takes events again{{#link}}: {{link}}{{/link}}

                {{#date}}It had failed since {{date}}. {{/date}}Resend what it has missed meanwhile.
                """
            )
        case .alertsRefused:
            (
                "Slack takes no alerts",
                """
                Slack refuses the alerts of your workspace{{#reason}}: {{reason}}{{/reason}}

                Nobody sees them there until its settings are put right. They are kept: 'stateset alerts list' shows them.
                """
            )
        }
    }
}
