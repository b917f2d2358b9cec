/// When all of its conditions hold, its actions count.
///
/// Of the rules that set the same action the one with the highest priority decides, whatever their order in the
/// document. Rules of one priority that set the same action to different values must not match together; such a
/// policy is refused.
public struct ReturnRule: Hashable, Sendable {
    public var id: String
    /// What it is for, for staff.
    public var note: String?
    /// The higher wins; 0 unless stated.
    public var priority: Int
    public var effective: EffectiveDates
    /// By the name of the field; without conditions the rule always matches.
    public var when: [RuleCondition]
    /// By the name of the action.
    public var then: [RuleAction]
    public var tests: [RuleTest]

    public init(
        id: String, note: String? = nil, priority: Int = 0, effective: EffectiveDates = EffectiveDates(),
        when: [RuleCondition], then: [RuleAction], tests: [RuleTest] = []
    ) {
        self.id = id
        self.note = note
        self.priority = priority
        self.effective = effective
        self.when = when
        self.then = then
        self.tests = tests
    }

    static let form = PolicyForm(
        initial: ReturnRule(id: "", when: [], then: []),
        members: [
            PolicyMember("id", \.id, .text, required: true),
            PolicyMember(optional: "note", \.note, .text),
            PolicyMember("priority", \.priority, .whole(-1_000_000...1_000_000)),
            PolicyMember("effective", \.effective, EffectiveDates.form.codec),
            PolicyMember("when", \.when, RuleCondition.codec, required: true),
            PolicyMember("then", \.then, RuleAction.codec, required: true),
            PolicyMember("tests", \.tests, .list(RuleTest.form.codec)),
        ])

    static let codec = PolicyCodec<ReturnRule>(
        read: { json, readings in
            var id: String?
            if case .object(let members) = json, case .text(let text)? = members["id"] { id = text }
            return readings.inRule(id) { form.read(json, &$0) }
        },
        write: { form.write($0) }, shape: form.shape)

    func action(_ type: ActionType) -> RuleAction? {
        then.first { $0.type == type }
    }
}
