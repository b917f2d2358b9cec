/// An example that is kept with a rule: given these facts, what the rule does.
///
/// A policy is refused while one of its tests fails.
public struct RuleTest: Hashable, Sendable {
    public var name: String
    /// The facts of one line and its return, by the names of conditions; what is left out is not known.
    public var given: FactTable
    /// The day it is asked for; by default the rule's first effective day.
    public var on: ShopDay?
    /// Whether the rule's conditions are met.
    public var matches: Bool
    /// The actions for which this rule decides, against all rules of the policy; nil when that is not tested.
    public var decides: [String]?

    public init(
        name: String, given: FactTable, on: ShopDay? = nil, matches: Bool = true, decides: [String]? = nil
    ) {
        self.name = name
        self.given = given
        self.on = on
        self.matches = matches
        self.decides = decides
    }

    static let form = PolicyForm(
        initial: RuleTest(name: "", given: [:]),
        members: [
            PolicyMember("name", \.name, .text, required: true),
            PolicyMember("given", \.given, .facts, required: true),
            PolicyMember(optional: "on", \.on, .day),
            PolicyMember("matches", \.matches, .flag),
            PolicyMember(optional: "decides", \.decides, .actionNames),
        ])
}

extension PolicyCodec where Value == FactTable {
    /// Facts by the names of conditions.
    static var facts: PolicyCodec {
        PolicyCodec(
            read: { json, readings in
                guard case .object(let members) = json else {
                    readings.reportKind("an object of facts", found: json)
                    return nil
                }
                var facts: FactTable = [:]
                for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                    facts[name] = readings.inMember(name) { fact(name, value, &$0) }
                }
                return facts
            },
            write: { facts in
                .object(
                    Dictionary(
                        uniqueKeysWithValues: facts.map { name, value in
                            (name, ConditionVocabulary.field(name)?.kind.fact.write(value) ?? .null)
                        }))
            }, shape: .described("facts by the names of conditions"))
    }

    private static func fact(
        _ name: String, _ json: PolicyJSON, _ readings: inout PolicyReadings
    ) -> FactValue? {
        guard let field = ConditionVocabulary.field(name) else {
            let hint = NearestName.hint(name, among: ConditionVocabulary.names)
            readings.report(.unknownCondition, "There is no condition '\(name)'\(hint)")
            return nil
        }
        return field.kind.fact.read(json, &readings)
    }
}

extension PolicyCodec where Value == [String] {
    static var actionNames: PolicyCodec {
        .list(
            .mapping(
                .text, orElse: .unknownAction,
                { "There is no action '\($0)'\(NearestName.hint($0, among: ActionVocabulary.names))" },
                read: { ActionVocabulary.action($0) == nil ? nil : $0 }, write: { $0 }))
    }
}
