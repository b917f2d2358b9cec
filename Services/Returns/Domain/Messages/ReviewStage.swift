import Commerce
import Contracts
import Messaging
import Views

/// What of a return somebody looks at, as its customer hears of it. What is about money, or went wrong here, is none.
enum ReviewStage: String, Sendable {
    /// What is asked for, and what has to be arranged before a parcel can be sent.
    case request
    /// One that does not come in.
    case parcel
    case goods
}

extension ReviewStage {
    /// Nil for a review that its customer does not hear of.
    init?(of reason: Refusal, _ row: ReturnRow) {
        guard row.receivedAt == nil else { return nil }
        if reason.code == Refusal.parcelLost {
            self = .parcel
        } else if row.waitsForLabel {
            self = .request
        } else {
            return nil
        }
    }

    /// Of the text of a mail that says so; nil for what it says by itself.
    var mailText: String? {
        switch self {
        case .request: nil
        case .parcel: "parcel_lost"
        case .goods: "goods_here"
        }
    }
}

extension ReturnRow {
    /// Whether its customer is to be sent a label, and has none that is good.
    fileprivate var waitsForLabel: Bool {
        let hasLabel = decision.zone?.label != ReturnLabel.none && label?.isVoided != false
        return hasLabel && units.contains { !$0.stays }
    }
}
