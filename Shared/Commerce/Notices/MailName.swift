/// The mails there are: one for each thing a customer is told, or a workspace's own people.
public enum MailName: String, CaseIterable, Codable, Sendable {
    case returnInReview = "return.in_review"
    case returnLabel = "return.label_sent"
    case returnReminder = "return.reminder"
    case returnReceived = "return.received"
    case returnRefunded = "return.refunded"
    /// A bonus on store credit that came after the refund was told.
    case returnBonus = "return.bonus_granted"
    case returnExchanged = "return.exchanged"
    case returnRejected = "return.rejected"
    case returnCancelled = "return.cancelled"
    case returnExpired = "return.expired"
    /// It is done, and nothing is given back.
    case returnUnrefunded = "return.unrefunded"
    /// A part of it is not accepted; the rest goes on.
    case returnPartlyApproved = "return.partly_approved"
    case warrantyInReview = "warranty.in_review"
    case warrantyApproved = "warranty.approved"
    case warrantyReminder = "warranty.reminder"
    case warrantyRejected = "warranty.rejected"
    case warrantyCancelled = "warranty.cancelled"
    case warrantyExpired = "warranty.expired"
    case warrantyRepaired = "warranty.repaired"
    case warrantyReplaced = "warranty.replaced"
    case webhookFailing = "webhook.failing"
    case webhookDisabled = "webhook.disabled"
    case webhookRecovered = "webhook.recovered"
    /// Slack takes no alerts.
    case alertsRefused = "alerts.refused"

    /// Those that go to no customer.
    public static let toOperators: Set<MailName> = [
        .webhookFailing, .webhookDisabled, .webhookRecovered, .alertsRefused,
    ]
}
