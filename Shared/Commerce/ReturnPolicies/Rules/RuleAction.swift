/// What a rule does when it matches.
public struct RuleAction: Sendable {
    public let type: ActionType
    public let value: ActionValue

    public init(_ type: ActionType, _ value: ActionValue) {
        self.type = type
        self.value = value
    }

    /// The actions of a rule: `{"needs_review":"High value","handling_fee":"0"}`.
    static let codec = PolicyCodec<[RuleAction]>(
        read: { json, readings in
            guard case .object(let members) = json else {
                readings.reportKind("an object of actions", found: json)
                return nil
            }
            return members.sorted { $0.key < $1.key }.compactMap { name, value in
                readings.inMember(name) { readings in
                    guard let type = ActionVocabulary.action(name) else {
                        let hint = NearestName.hint(name, among: ActionVocabulary.names)
                        readings.report(.unknownAction, "There is no action '\(name)'\(hint)")
                        return nil
                    }
                    return type.kind.codec.read(value, &readings).map { RuleAction(type, $0) }
                }
            }
        },
        write: { actions in
            .object(
                Dictionary(actions.map { ($0.type.name, $0.type.kind.codec.write($0.value)) }) { first, _ in first })
        }, shape: .described("actions by their names"))
}

extension RuleAction: Hashable {
    public static func == (left: RuleAction, right: RuleAction) -> Bool {
        left.type == right.type && left.value == right.value
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(type.name)
        hasher.combine(value)
    }
}
