/// A subscription as Stripe has it.
public struct StripeSubscription: Sendable, Equatable {
    public let id: String
    /// `active`, `past_due`, `canceled`, …
    public let status: String
    public let customerID: String?
    /// Whether it ends by itself with the period that is paid.
    public let endsWithPeriod: Bool
    /// Seconds since 1970: when somebody cancelled it, also with the period's end.
    public let cancelledAt: Int?
    public let endedAt: Int?
    public let cancellationComment: String?

    /// Over for good: Stripe takes no ended subscription back.
    public var isEnded: Bool { status == "canceled" || status == "incomplete_expired" }
    /// Whether the cancellation can be taken back.
    public var canBeResumed: Bool { !isEnded && endsWithPeriod }
}

extension StripeSubscription: Decodable {
    private struct Cancellation: Decodable {
        let comment: String?
    }

    private enum CodingKeys: String, CodingKey {
        case id, status, customer
        case endsWithPeriod = "cancel_at_period_end"
        case cancelledAt = "canceled_at"
        case endedAt = "ended_at"
        case cancellation = "cancellation_details"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        status = try container.text(.status) ?? ""
        customerID = try container.decodeIfPresent(StripeReference.self, forKey: .customer)?.id
        endsWithPeriod = try container.flag(.endsWithPeriod) ?? false
        cancelledAt = try container.wholeNumber(.cancelledAt)
        endedAt = try container.wholeNumber(.endedAt)
        cancellationComment = try container.decodeIfPresent(Cancellation.self, forKey: .cancellation)?.comment
    }
}

/// How a subscription is to be cancelled.
public struct StripeCancellation: Sendable, Equatable {
    public enum Time: Sendable, Equatable {
        /// Can be taken back until then.
        case periodEnd
        /// For good.
        case now(invoice: Bool, prorate: Bool)
    }

    public enum Feedback: String, Sendable, CaseIterable {
        case other, unused
        case customerService = "customer_service"
        case lowQuality = "low_quality"
        case missingFeatures = "missing_features"
        case switchedService = "switched_service"
        case tooComplex = "too_complex"
        case tooExpensive = "too_expensive"
    }

    public var time: Time
    /// Tells our cancellation from another's, so name its cause: `RMA 01HV7Z`.
    public var comment: String
    public var feedback: Feedback?

    public init(at time: Time, comment: String, feedback: Feedback? = nil) {
        self.time = time
        self.comment = comment
        self.feedback = feedback
    }

    var form: StripeForm {
        var form = StripeForm()
        switch time {
        case .periodEnd: form.add("cancel_at_period_end", true)
        case .now(let invoice, let prorate):
            form.add("invoice_now", invoice)
            form.add("prorate", prorate)
        }
        form.add("cancellation_details[comment]", comment)
        form.add("cancellation_details[feedback]", feedback?.rawValue)
        return form
    }
}
