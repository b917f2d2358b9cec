import Commerce
import Contracts
import Messaging
import Providers
import Views

/// What is wrong with a return as it is asked for, before anything is written.
enum ReturnCheck {
    /// Failure: a ``Refusal`` with the field that is wrong.
    static func check(_ request: ReturnRequest, _ assessment: ReturnAssessment) throws(Refusal) {
        try request.checkResolution()
        try CustomerLocale.check(request.locale)
        try request.checkEvidence()
        try eligibility(assessment)
        guard assessment.lines.reduce(0, { $0 + $1.quantity }) <= ReturnRequest.unitsMax else {
            throw Refusal(
                code: "too_many_units",
                message: "A return has at most \(ReturnRequest.unitsMax) units; make several.", field: "lines")
        }
        try exchange(request)
        try companions(request)
        if let address = request.shipFrom, address.country?.isEmpty != false {
            throw Refusal(
                code: "bad_address", message: "The address has no 'country'; give its two letters.",
                field: "ship_from.country")
        }
    }

    private static func eligibility(_ assessment: ReturnAssessment) throws(Refusal) {
        for (asked, line) in zip(assessment.lines, assessment.decision.lines) where !line.eligible {
            throw Refusal(code: line.reason.rawValue, message: line.message, field: field(of: line.reason, asked.place))
        }
        guard assessment.decision.outcome == .rejected else { return }
        let reason = assessment.decision.reasons.first
        throw Refusal(
            code: reason?.code.rawValue ?? "not_offered",
            message: reason?.message ?? "The policy takes nothing of this back in this way.", field: "resolution")
    }

    private static func field(of reason: LineReason, _ index: Int) -> String {
        switch reason {
        case .badQuantity, .quantityExceeded, .alreadyReturned: "lines.\(index).quantity"
        case .unknownReason, .reasonNotOffered: "lines.\(index).reason"
        case .evidenceRequired: "lines.\(index).evidence"
        default: "lines.\(index)"
        }
    }

    private static func exchange(_ request: ReturnRequest) throws(Refusal) {
        let lines = request.exchangeLines ?? []
        guard request.resolution == .exchange else {
            guard lines.isEmpty else {
                throw Refusal(
                    code: "not_an_exchange", message: "'exchange_lines' go with the resolution 'exchange'.",
                    field: "exchange_lines")
            }
            return
        }
        guard !lines.isEmpty else {
            throw Refusal(
                code: "no_exchange_lines", message: "Name what is wanted instead in 'exchange_lines'.",
                field: "exchange_lines")
        }
        for (index, line) in lines.enumerated()
        where line.sku.isEmpty || !(1...ReturnRequest.unitsMax).contains(line.quantity) {
            throw Refusal(
                code: "bad_quantity", message: "Give a SKU and a quantity of 1 to \(ReturnRequest.unitsMax).",
                field: "exchange_lines.\(index).\(line.sku.isEmpty ? "sku" : "quantity")")
        }
    }

    /// The ticket and the subscription that go with it.
    private static func companions(_ request: ReturnRequest) throws(Refusal) {
        if let helpdesk = request.helpdesk, !HelpdeskCatalog.names.contains(helpdesk.provider) {
            let known = HelpdeskCatalog.names.joined(separator: ", ")
            throw Refusal(
                code: "unknown_provider", message: "'\(helpdesk.provider)' is none of: \(known).",
                field: "helpdesk.provider")
        }
        if let subscription = request.subscription, !subscriptionProviders.contains(subscription.provider) {
            let known = subscriptionProviders.joined(separator: ", ")
            throw Refusal(
                code: "unknown_provider", message: "'\(subscription.provider)' is none of: \(known).",
                field: "subscription.provider")
        }
        try request.subscription?.checkCancellation()
        try subscriptionAction(request)
    }

    /// What is asked to become of the subscription, which is named, once, and possible there.
    private static func subscriptionAction(_ request: ReturnRequest) throws(Refusal) {
        guard let action = request.askedOfSubscription else { return }
        if let isCancelled = request.cancelSubscription, isCancelled != (action == .cancel) {
            throw Refusal(
                code: "contradictory_subscription",
                message: "'cancel_subscription' says the opposite; give 'subscription_action' alone.",
                field: "subscription_action")
        }
        guard action != .keep else { return }
        guard let subscription = request.subscription else {
            throw Refusal(
                code: "no_subscription", message: "Name the subscription to \(action.words), with its provider.",
                field: "subscription")
        }
        if action.putsOff { try subscription.checkPutsOff() }
    }

    private static let subscriptionProviders = [RechargeSettings.provider, StripeSettings.provider]
}

extension SubscriptionAction {
    fileprivate var words: String {
        switch self {
        case .keep: "keep"
        case .cancel: "cancel"
        case .skipNext: "skip a charge of"
        case .pause: "pause"
        }
    }
}
