/// The members of one object of the policy, declared once: reading, writing, the refusal of unknown names and the
/// document of the form all come from here.
struct PolicyForm<Root: Sendable>: Sendable {
    /// What an object without members means.
    let initial: Root
    let members: [PolicyMember<Root>]

    /// Reads what is readable and reports the rest; nil only for something that is no object.
    func read(_ json: PolicyJSON, _ readings: inout PolicyReadings) -> Root? {
        guard case .object(let values) = json else {
            readings.reportKind("an object", found: json)
            return nil
        }
        reportUnknown(values, &readings)
        var root = initial
        for member in members {
            switch values[member.name] ?? .null {
            case .null where member.isRequired:
                readings.inMember(member.name) { $0.report(.missingMember, "'\(member.name)' is missing; add it.") }
            case .null: break
            case let value: readings.inMember(member.name) { member.read(value, &root, &$0) }
            }
        }
        return root
    }

    func write(_ root: Root) -> PolicyJSON {
        .object(Dictionary(members.map { ($0.name, $0.write(root)) }) { first, _ in first })
    }

    var codec: PolicyCodec<Root> {
        PolicyCodec(read: { read($0, &$1) }, write: { write($0) }, shape: shape)
    }

    private func reportUnknown(_ values: [String: PolicyJSON], _ readings: inout PolicyReadings) {
        let known = members.map(\.name)
        for name in values.keys.sorted() where !known.contains(name) {
            readings.inMember(name) {
                $0.report(.unknownMember, "There is no '\(name)' here\(NearestName.hint(name, among: known))")
            }
        }
    }
}

/// One member of an object of the policy.
struct PolicyMember<Root: Sendable>: Sendable {
    let name: String
    let isRequired: Bool
    let shape: PolicyShape
    let read: @Sendable (PolicyJSON, inout Root, inout PolicyReadings) -> Void
    let write: @Sendable (Root) -> PolicyJSON

    /// A member whose absence leaves the value that the form begins with.
    init<Value: Sendable>(
        _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ codec: PolicyCodec<Value>,
        required: Bool = false
    ) {
        self.name = name
        isRequired = required
        shape = codec.shape
        read = { json, root, readings in
            if let value = codec.read(json, &readings) { root[keyPath: path] = value }
        }
        write = { codec.write($0[keyPath: path]) }
    }

    /// A member that may be absent or null.
    init<Value: Sendable>(
        optional name: String, _ path: any WritableKeyPath<Root, Value?> & Sendable, _ codec: PolicyCodec<Value>
    ) {
        self.name = name
        isRequired = false
        shape = codec.shape
        read = { json, root, readings in
            if let value = codec.read(json, &readings) { root[keyPath: path] = value }
        }
        write = { $0[keyPath: path].map(codec.write) ?? .null }
    }
}

extension PolicyForm {
    /// Reads an object that must be without problems of form, for `init(from:)`.
    func decoded(from decoder: any Decoder) throws -> Root {
        var readings = PolicyReadings()
        let root = read(try PolicyJSON(from: decoder), &readings)
        guard let root, readings.problems.isEmpty else {
            throw ReturnPolicyRefusal(problems: readings.problems)
        }
        return root
    }
}
