import Messaging
import Sagas

/// What is heard first of a parcel that seems to be lost.
private enum LostParcelNews<Decision: Event> {
    case received
    case decided(Decision)
    /// In the time that a person should need.
    case nothing
}

extension SagaContext {
    /// What a person says of a parcel that seems to be lost; nil where its goods come in before. Waits as long as it takes,
    /// and says so once it takes too long.
    ///
    /// - Parameters:
    ///   - received: the news of the goods.
    ///   - limit: how long the person may take before people are told.
    ///   - escalation: what tells them.
    func decision<Decision: Event, Received: Event>(
        _ type: Decision.Type, unless received: Received.Type, within limit: Duration, else escalation: some Command
    ) throws -> Decision? {
        if try patched("lost-parcel-is-escalated") {
            let news: LostParcelNews<Decision> = try race(
                {
                    _ = try $0.wait(for: received)
                    return .received
                },
                { .decided(try $0.wait(for: type)) },
                {
                    try $0.sleep(for: limit)
                    return .nothing
                })
            switch news {
            case .received: return nil
            case .decided(let decision): return decision
            case .nothing: try perform(escalation)
            }
        }
        let news: LostParcelNews<Decision> = try race(
            {
                _ = try $0.wait(for: received)
                return .received
            },
            { .decided(try $0.wait(for: type)) })
        guard case .decided(let decision) = news else { return nil }
        return decision
    }
}
