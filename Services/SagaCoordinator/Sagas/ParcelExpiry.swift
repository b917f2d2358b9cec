import Commerce
import Contracts
import Messaging
import Sagas

/// What has become of a parcel whose time was up.
enum ParcelExpiry {
    case received
    case expired
    /// The carrier has it.
    case onItsWay
}

extension SagaContext {
    /// Asks for a parcel whose time is up. Where its label was replaced, the new one has its own time first.
    ///
    /// - Parameters:
    ///   - seconds: how long a label may lie unused.
    ///   - received: the news of the goods.
    func expire<Received: Event>(
        _ goods: ReturnID, after seconds: Int, unless received: Received.Type
    ) throws -> ParcelExpiry {
        var reply = try perform(ExpireReturn(returnID: goods))
        // WHY: it comes only with replies about a label that was replaced: what was recorded before replays unchanged.
        while let label = reply.newLabel {
            if try wait(for: received, upTo: .seconds(max(1, seconds - label.ageSeconds))) != nil { return .received }
            reply = try perform(ExpireReturn(returnID: goods, labelID: label.id))
        }
        return reply.expired ? .expired : .onItsWay
    }
}
