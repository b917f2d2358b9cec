import Commerce

/// What a return has done to the subscription that is named with it, for its customer to know.
enum SubscriptionChange: Codable, Sendable, Equatable {
    /// It is over; also one that could not be put back, because it had ended by then.
    case cancelled
    /// It ends with the period that is paid.
    case ending
    /// The charge of this day is left out.
    case skipped(String)
    /// It is charged next on this day.
    case paused(until: String)

    /// What a mail says of it.
    var mailTexts: [String: String] {
        switch self {
        case .cancelled: ["subscription_cancelled": MailValues.yes]
        case .ending: ["subscription_ends": MailValues.yes]
        case .skipped(let date): ["skipped_charge": date]
        case .paused(let date): ["paused_until": date]
        }
    }
}
