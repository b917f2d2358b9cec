import Messaging

/// A provider outside: what it did, it did, whoever hears of it.
struct Provider {
    private(set) var applied: [String: Int] = [:]
    /// Keys it has said yes to, done or not yet: it does not change its mind.
    private var agreed: Set<String> = []

    /// - Parameter isUnique: whether it refuses to do the same key twice.
    /// - Returns: whether anything happened.
    mutating func apply(_ key: String, isUnique: Bool) -> Bool {
        guard !isUnique || applied[key] == nil else { return false }
        applied[key, default: 0] += 1
        return true
    }

    mutating func agree(to key: String) { agreed.insert(key) }

    func hasAgreed(to key: String) -> Bool { agreed.contains(key) }

    func has(_ key: String) -> Bool { applied[key] != nil }
}

/// One call of an effect, on its way from plan to settle.
struct EffectCall {
    var delivery: Broker.Delivery
    var address: SagaAddress
    var key: String
    var recovery: EffectRecovery
    var data: RawJSON
    var isUndo: Bool
    /// The number of the lease that allows it.
    var lease = 0

    var message: Message { delivery.message }
    var isUnique: Bool { recovery == .sendAgain }
}

/// How a provider call goes.
enum CallFate {
    case answered, refused, transient, dropBefore, dropAfter, applyLater
}
