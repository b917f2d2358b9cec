import Messaging
import Sagas

/// What an observer outside of the engine has seen: effects, undos, events.
struct Ledger {
    struct Effect {
        var isUndone: Bool
        /// When it was undone, in the order of all deeds.
        var undoneAt: Int?
    }

    private(set) var effects: [String: Effect] = [:]
    /// The message ids under which the event of a publish step was heard, by the step's intent.
    private(set) var heard: [String: Set<String>] = [:]
    /// Operations that an operator answered in somebody's place: what really happened to them is not the saga's doing.
    private(set) var skipped: Set<String> = []
    private(set) var violations: [String] = []
    private var deeds: Set<String> = []
    private var clock = 0

    mutating func record(_ deed: Deed) {
        clock += 1
        if !deeds.insert(deed.key).inserted { violations.append("effect \(deed.key) happened twice") }
        guard let target = deed.target else {
            effects[deed.key] = Effect(isUndone: deed.isUndone)
            return
        }
        guard !target.hasPrefix("skipped/"), !target.hasPrefix("child/") else { return }
        guard let effect = effects[target] else {
            violations.append("\(deed.key) undid \(target), which never happened")
            return
        }
        if effect.undoneAt != nil { violations.append("\(target) was undone twice") }
        effects[target]?.undoneAt = clock
    }

    mutating func hear(_ messageID: String, _ address: SagaAddress) {
        heard[address.intent, default: []].insert(messageID)
    }

    mutating func note(_ carriedOut: CarriedOut) {
        guard case .skip(let path, _, _) = carriedOut.order else { return }
        let step = path.hasSuffix("/undo") ? String(path.dropLast(5)) : path
        // What an earlier run left behind is known by the run and the path that it had there.
        let intent = step.hasPrefix("-") ? String(step.dropFirst()) : "\(carriedOut.run)/\(step)"
        skipped.insert("\(carriedOut.sagaID.short)/\(intent)")
    }
}

/// Something that a participant did, or undid.
struct Deed {
    var key: String
    /// The effect that is undone, if this is an undo.
    var target: String?
    var isUndone = false

    private struct Data: Codable {
        var effect: String?
        var isUndone: Bool?
    }

    init(key: String, data: RawJSON) {
        self.key = key
        let data = try? data.decode(Data.self)
        target = data?.effect
        isUndone = data?.isUndone ?? false
    }
}
