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

    /// Failure: a ``Refusal`` for a message that would tell what is not so.
    func text(_ message: PostReturnMessage.Message) throws(Refusal) -> String {
        let paragraphs: [String?] =
            switch message {
            case .label: label
            case .received: ["Your parcel for \(subject) is here. We received:", items(here)]
            case .refunded: try refunded()
            case .cancelled: ["\(subject.capitalizedFirst) is cancelled.", unusedLabel]
            case .expired:
                ["We have not seen your parcel in time, so \(subject) has ended.", unusedLabel]
            case .rejected: rejected
            case .exchanged: ["The new goods for the exchange of order \(order) are ordered."]
            case .repaired: ["Your goods of order \(order) are repaired and on their way back to you.", items(claimed)]
            case .replaced: ["We have ordered new goods for you at no charge, in place of:", items(claimed)]
            }
        return (["Hello,"] + paragraphs.compactMap(\.self)).joined(separator: "\n\n")
    }

    private var order: String { orderNumber.oneLine }

    private var label: [String?] {
        let approved = ["\(subject.capitalizedFirst) is approved. Please send back:", items(coming)]
        guard let label = record.label, !label.isVoided else { return approved }
        let facts = [
            label.carrier.isEmpty ? nil : "Carrier: \(label.carrier.oneLine)",
            "Tracking number: \(label.trackingNumber.oneLine)", label.url.map { "Follow the parcel: \($0.oneLine)" },
        ]
        return approved + [
            hasDocument ? "The label for the parcel is attached: print it and put it on the parcel." : nil,
            facts.compactMap(\.self).joined(separator: "\n"),
        ]
    }

    private func refunded() throws(Refusal) -> [String?] {
        guard let refund = record.refund, refund.status.isDone else {
            throw Refusal(
                code: "refund_not_succeeded", message: "The refund has not succeeded: the customer is told nothing.")
        }
        let way =
            record.resolution == .storeCredit
            ? "as store credit" : "in the way that you paid; your bank may take some days to show it"
        return ["We have refunded \(refund.amount) for \(subject), \(way)."]
    }

    /// What the customer asked for.
    private var subject: String {
        record.warrantyID == nil ? "the return of order \(order)" : "the warranty claim on order \(order)"
    }

    private var rejected: [String?] {
        guard record.warrantyID != nil else {
            return ["We cannot take back what you asked us to of order \(order).", reasons]
        }
        return ["We cannot accept \(subject).", record.statusReason?.message.oneLine]
    }

    private var unusedLabel: String? {
        record.label == nil ? nil : "Please do not use the label for the parcel any more."
    }

    /// What the policy says to the customer, where it was the policy.
    private var reasons: String? {
        let reasons = record.decision.lines.filter { !$0.eligible }.map(\.message.oneLine).filter { !$0.isEmpty }
        return reasons.isEmpty ? nil : reasons.joined(separator: "\n")
    }

    // MARK: Goods

    private var coming: [(title: String, quantity: Int)] {
        record.lines.map { (title($0), $0.units.count { !$0.stays }) }
    }

    private var claimed: [(title: String, quantity: Int)] { record.lines.map { (title($0), $0.units.count) } }

    private var here: [(title: String, quantity: Int)] { record.lines.map { (title($0), $0.received) } }

    private func title(_ line: ReturnRecord.Line) -> String { (line.title.isEmpty ? line.sku : line.title).oneLine }

    private func items(_ items: [(title: String, quantity: Int)]) -> String? {
        let lines = items.filter { $0.quantity > 0 }.map { "- \($0.quantity) × \($0.title)" }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

    /// WHY: titles and names come from outside; none makes a paragraph of its own.
    fileprivate var oneLine: String {
        split { $0.isNewline || $0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
            .joined(separator: " ")
    }
}
