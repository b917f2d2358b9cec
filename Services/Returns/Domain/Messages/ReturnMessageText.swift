import Commerce
import Contracts
import Messaging
import Views

/// What the customer reads on the helpdesk's ticket about a return: only what is so.
struct ReturnMessageText: Sendable {
    let record: ReturnRecord
    /// As people know it, e.g. `#1001`.
    let orderNumber: String
    /// Whether the label's document travels with the message.
    let hasDocument: Bool
    var words: any ReturnWords = EnglishReturnWords()
    /// What was given on top of its refund; nil for nothing.
    var bonus: Money?
    /// What the return has done to the subscription of its goods; nil for nothing.
    var subscription: SubscriptionChange?
    /// Why it is rejected, where it is.
    var rejection = RejectionWords()
    /// What of it somebody looks at, where a review is told of.
    var review = ReviewStage.request

    /// Failure: a ``Refusal`` for a message that would tell what is not so.
    func text(_ message: PostReturnMessage.Message) throws(Refusal) -> String {
        let paragraphs: [String?] =
            switch message {
            case .inReview: [spoken.inReview(review, order)]
            case .label: label
            case .received: [spoken.received(order), items(here)]
            case .refunded: try refunded()
            case .cancelled: [spoken.cancelled(order), unusedLabel, subscriptionNews]
            case .expired: [spoken.expired(order), unusedLabel, subscriptionNews]
            case .rejected: [spoken.rejected(order), reasons, rejection.message.map(Self.lines), subscriptionNews]
            case .partlyApproved: [spoken.partlyApproved(order), items(declined)] + declineMessages
            case .exchanged: [words.exchanged(order), subscriptionNews]
            case .unrefunded:
                [spoken.unrefunded(order), items(here), rejection.message.map(Self.lines), subscriptionNews]
            case .repaired: [words.repaired(order), items(claimed)]
            case .replaced: [words.replaced(order), items(claimed)]
            }
        return ([words.hello] + paragraphs.compactMap(\.self)).joined(separator: "\n\n")
    }

    private var order: String { orderNumber.oneLine }

    /// A claim under a warranty is none of the customer's returns.
    private var spoken: any ReturnWords { record.warrantyID == nil ? words : words.ofClaim }

    private var label: [String?] {
        let approved = [spoken.approved(order), items(coming), kept]
        guard let label = record.label, !label.isVoided else { return approved }
        let facts = [
            label.carrier.isEmpty ? nil : words.carrier(label.carrier.oneLine),
            words.tracking(label.trackingNumber.oneLine), label.url.map { words.follow($0.oneLine) },
        ]
        return approved + [
            hasDocument ? words.printLabel : nil, paperless(label),
            label.replaces == nil ? nil : words.leaveOtherLabel,
            facts.compactMap(\.self).joined(separator: "\n"),
        ]
    }

    /// What does in the place of a printer; nil for nothing.
    private func paperless(_ label: ReturnShippingLabel) -> String? {
        guard let paperless = label.paperless, paperless.missing == nil else { return nil }
        let sentences = [
            hasDocument && paperless.documentID != nil ? words.showCode : nil,
            paperless.code.map { words.counterCode($0.oneLine) }, paperless.instructions?.oneLine,
        ].compactMap(\.self)
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    private func refunded() throws(Refusal) -> [String?] {
        guard let refund = record.refund, refund.status.isDone else {
            throw Refusal(
                code: "refund_not_succeeded", message: "The refund has not succeeded: the customer is told nothing.")
        }
        let amount = "\(refund.amount)"
        return [
            record.resolution == .storeCredit
                ? spoken.refundedAsCredit(amount, order) : spoken.refunded(amount, order),
            bonus.map { spoken.bonus("\($0)") }, subscriptionNews,
        ]
    }

    private var subscriptionNews: String? { subscription.map { words.subscription($0) } }

    private var unusedLabel: String? {
        record.label == nil ? nil : words.leaveLabel
    }

    /// What the policy says to the customer, where it was the policy.
    private var reasons: String? {
        rejection.reasons.isEmpty ? nil : rejection.reasons.map(\.oneLine).joined(separator: "\n")
    }

    private var declineMessages: [String?] { record.declined.messages.map(Self.lines) }

    /// What a person writes may have paragraphs of its own.
    private static func lines(_ message: String) -> String {
        message.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { String($0).oneLine }
            .joined(separator: "\n")
    }

    // MARK: Goods

    private var coming: [(title: String, quantity: Int)] {
        record.lines.map { (title($0), $0.units.count { !$0.stays }) }
    }

    private var kept: String? {
        let kept = record.lines.map { (title: title($0), quantity: $0.units.count { $0.stays }) }
            .filter { $0.quantity > 0 }.map { "\($0.quantity) × \($0.title)" }
        return kept.isEmpty ? nil : words.keep(kept.joined(separator: ", "))
    }

    private var claimed: [(title: String, quantity: Int)] { record.lines.map { (title($0), $0.units.count) } }

    private var declined: [(title: String, quantity: Int)] { record.declined.map { ($0.name.oneLine, $0.quantity) } }

    private var here: [(title: String, quantity: Int)] { record.lines.map { (title($0), $0.received) } }

    private func title(_ line: ReturnRecord.Line) -> String { (line.title.isEmpty ? line.sku : line.title).oneLine }

    private func items(_ items: [(title: String, quantity: Int)]) -> String? {
        let lines = items.filter { $0.quantity > 0 }.map { "- \($0.quantity) × \($0.title)" }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}

extension String {
    /// WHY: titles and names come from outside; none makes a paragraph of its own.
    fileprivate var oneLine: String {
        split { $0.isNewline || $0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
            .joined(separator: " ")
    }
}
