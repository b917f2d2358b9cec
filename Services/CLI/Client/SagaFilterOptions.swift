import ArgumentParser
import Commerce

/// Which sagas are meant; the saga's name is asked for apart, because one verb has a name of its own.
struct SagaFilterOptions: ParsableArguments {
    @Option(help: "What it is about, e.g. ord_….") var subject: String?
    @Option(help: "Its key, of which a name has one saga.") var key: String?
    @Option(help: "The engine's status, e.g. stuck; may be repeated for any of several.") var status: [String] = []
    @Option(help: "Where the business stands, e.g. dispatched.") var businessStatus: String?
    @Option(help: "What it waits for: a name or a kind.") var waitingOn: String?
    @Option(help: "Why it is stuck, e.g. no_reply.") var stuckReason: String?
    @Option(help: "The code of its error, e.g. unmapped_sku.") var errorCode: String?
    @Option(help: "A search attribute as key:value; may be repeated.") var attribute: [String] = []
    @Option(help: "Only what was started at or after this time (RFC 3339).") var startedSince: String?
    @Option(help: "Only what was started before this time (RFC 3339).") var startedBefore: String?
    @Option(help: "Only what has changed at or after this time (RFC 3339).") var updatedSince: String?
    @Option(help: "Only what has not changed since this time (RFC 3339).") var updatedBefore: String?
    @Option(help: "Part of the key, subject, name or business status.") var q: String?

    func pairs(name: String?) -> [(key: String, value: String)] {
        let single: [(String, String?)] = [
            ("business_status", businessStatus), ("waiting_on", waitingOn), ("stuck_reason", stuckReason),
            ("error_code", errorCode), ("started_since", startedSince), ("started_before", startedBefore),
            ("updated_since", updatedSince), ("updated_before", updatedBefore), ("q", q),
        ]
        let identity = [("subject", subject), ("key", key), ("name", name)]
        let first = identity.compactMap { key, value in value.map { (key, $0) } }
        return first + status.map { ("status", $0) } + single.compactMap { key, value in value.map { (key, $0) } }
            + attribute.map { ("attribute", $0) }
    }

    func query(name: String?, _ more: (key: String, value: String?)...) -> [(key: String, value: String?)] {
        pairs(name: name).map { ($0.key, $0.value) } + more
    }

    /// As the body of a verb on many has it.
    func json(name: String?) -> JSONValue {
        let values = Dictionary(grouping: pairs(name: name), by: \.key)
            .mapValues { $0.map { JSONValue.string($0.value) } }
        return .object(
            Dictionary(
                uniqueKeysWithValues: values.map { key, values in
                    (key, key == "attribute" || values.count > 1 ? .array(values) : values[0])
                }))
    }

    /// In words: `status stuck, name order-fulfillment`.
    func words(name: String?) -> String {
        pairs(name: name).map { "\($0.key.replacing("_", with: " ")) \($0.value)" }.joined(separator: ", ")
    }
}

/// `--name`, of the saga.
struct SagaNameOption: ParsableArguments {
    @Option(help: "The saga's name, e.g. order-fulfillment.") var name: String?
}
