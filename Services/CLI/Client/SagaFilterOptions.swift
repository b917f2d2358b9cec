import ArgumentParser
import Providers

/// Which sagas are meant; the saga's name is asked for apart, because one verb has a name of its own.
struct SagaFilterOptions: ParsableArguments {
    @Option(help: "What it is about, e.g. ord_….") var subject: String?
    @Option(help: "The engine's status, e.g. stuck.") var status: String?
    @Option(help: "What it waits for: a name or a kind.") var waitingOn: String?
    @Option(help: "Why it is stuck, e.g. no_reply.") var stuckReason: String?
    @Option(help: "A search attribute as key:value; may be repeated.") var attribute: [String] = []
    @Option(help: "Only what was started at or after this time (RFC 3339).") var startedSince: String?
    @Option(help: "Only what has not changed since this time (RFC 3339).") var updatedBefore: String?
    @Option(help: "Part of the key, subject, name or business status.") var q: String?

    func pairs(name: String?) -> [(key: String, value: String)] {
        let single: [(String, String?)] = [
            ("subject", subject), ("name", name), ("status", status), ("waiting_on", waitingOn),
            ("stuck_reason", stuckReason), ("started_since", startedSince), ("updated_before", updatedBefore), ("q", q),
        ]
        return single.compactMap { key, value in value.map { (key, $0) } } + attribute.map { ("attribute", $0) }
    }

    func query(name: String?, _ more: (key: String, value: String?)...) -> [(key: String, value: String?)] {
        pairs(name: name).map { ($0.key, $0.value) } + more
    }

    /// As the body of a verb on many has it.
    func json(name: String?) -> JSONValue {
        let pairs = pairs(name: name).filter { $0.key != "attribute" }.map { ($0.key, JSONValue.string($0.value)) }
        let attributes = attribute.isEmpty ? [] : [("attribute", JSONValue.array(attribute.map(JSONValue.string)))]
        return .object(Dictionary(uniqueKeysWithValues: pairs + attributes))
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
